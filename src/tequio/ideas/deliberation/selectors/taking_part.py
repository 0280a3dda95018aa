"""What a participant needs: her answers, what is left, which statement comes next, what is close to hers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from tequio.base.text import likeness, shingles
from tequio.catalogue.enums import ItemState
from tequio.consent.enums import Purpose
from tequio.consent.types import ConsentText, current_text
from tequio.people.models import Person

from ..models import Conversation, Participant, Statement, StatementVote

NEAR = 0.45
MOST_NEAR = 3


@dataclass(frozen=True)
class Progress:
    """Where she stands: of `total` open statements she has answered so many, and how."""

    total: int
    agree: int
    disagree: int
    skipped: int

    @property
    def answered(self) -> int:
        return self.agree + self.disagree + self.skipped

    @property
    def left(self) -> int:
        return max(0, self.total - self.answered)

    @property
    def is_done(self) -> bool:
        return self.left == 0


def participant_of(conversation: Conversation, person: Person | None) -> Participant | None:
    if person is None:
        return None
    return Participant.objects.filter(conversation=conversation, person=person).first()


def asks_consent(participant: Participant | None) -> bool:
    """Whether the words she agrees to stand beside the buttons: the first time, and after she took it back."""
    version = current_text(Purpose.OPINIONS).version
    return participant is None or participant.withdrawn_at is not None or participant.consent != version


def consent_text(participant: Participant | None) -> ConsentText | None:
    """The words, where she is asked to agree to them."""
    return current_text(Purpose.OPINIONS) if asks_consent(participant) else None


def withdrawn_answers(person: Person | None) -> int:
    """How many of her answers no map counts, because she took them back."""
    taken = Participant.objects.filter(person=person, withdrawn_at__isnull=False)
    return sum(taken.values_list("answers", flat=True)) if person else 0


def open_statements(conversation: Conversation) -> QuerySet[Statement]:
    """Those people can answer now."""
    return Statement.objects.filter(
        conversation=conversation, item__state=ItemState.PUBLISHED, item__hidden_by="", merged_into=None
    )


def votes_of(participant: Participant | None) -> dict[int, StatementVote]:
    """Her answers by statement id."""
    if participant is None:
        return {}
    return {vote.statement_id: vote for vote in StatementVote.objects.filter(participant=participant)}


def progress(open_ids: set[int], votes: dict[int, StatementVote]) -> Progress:
    values = [vote.value for pk, vote in votes.items() if pk in open_ids]
    return Progress(len(open_ids), values.count(1), values.count(-1), values.count(0))


def own_answers(participant: Participant) -> list[StatementVote]:
    """Her answers, newest first, with the statements and what became of them."""
    return list(
        StatementVote.objects.filter(participant=participant)
        .select_related("statement__item", "statement__conversation", "statement__answer")
        .order_by("-at")
    )


def own_statements(participant: Participant) -> list[Statement]:
    return list(
        Statement.objects.filter(author=participant)
        .select_related("item", "merged_into__item", "answer")
        .order_by("-number")
    )


def near_duplicates(conversation: Conversation, text: str) -> list[Statement]:
    """Open statements that say nearly the same in any language of theirs, closest first."""
    wanted = shingles(text)
    found = []
    for pk, number, title in open_statements(conversation).values_list("pk", "number", "item__title"):
        score = max((likeness(wanted, shingles(entry["text"])) for entry in title.values()), default=0)
        if score >= NEAR:
            found.append((-score, number, pk))
    nearest = [pk for _score, _number, pk in sorted(found)[:MOST_NEAR]]
    if not nearest:
        return []
    by_pk = Statement.objects.select_related("item").in_bulk(nearest)
    return [by_pk[pk] for pk in nearest]
