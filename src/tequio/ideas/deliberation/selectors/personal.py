"""What conversations have for one person's own page: what waits for her, what she wrote, opened and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from tequio.catalogue.enums import ItemState
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from ..enums import ImportState
from ..models import Conversation, ConversationImport, Participant, Statement, StatementVote

CLOSING_SOON = timedelta(days=14)
LATELY = timedelta(days=7)
MOST = 20
HELD = Q(statements__item__state=ItemState.HELD)


@dataclass(frozen=True)
class HeldIn:
    """A conversation in which `held` statements wait, the oldest since `oldest`."""

    conversation: Conversation
    held: int
    oldest: datetime


def queues_of(person: Person) -> list[HeldIn]:
    """Conversations she moderates in which statements wait, the longest waiting first."""
    kept: list[HeldIn] | None = person.__dict__.get("_queues")
    if kept is not None or person.is_guest:
        return kept or []
    found = _with_numbers(_moderated(person)).filter(held__gt=0)
    return _queues(list(found.select_related("item").order_by("oldest")[:MOST]))


def _moderated(person: Person) -> Q:
    where = Q(item__author=person)
    places = person.role_places(RoleName.MODERATOR)
    if places:
        where |= Q(item__territory__in=TerritoryPath.objects.filter(above__in=places).values("below"))
    return where


def _with_numbers(where: Q) -> QuerySet[Any, Any]:
    return Conversation.objects.filter(where, item__kind="conversation").annotate(
        held=Count("statements", filter=HELD), oldest=Min("statements__item__made_at", filter=HELD),
        answered=Count("statements__answer"),
    )  # fmt: skip


def _queues(rows: list[Conversation]) -> list[HeldIn]:
    waiting = [HeldIn(row, row.held, row.oldest) for row in rows if row.held]  # type: ignore[attr-defined]
    return sorted(waiting, key=lambda one: one.oldest)


def looked_after(person: Person) -> list[Conversation]:
    """Conversations she opened, drafts too, the newest first, with the number of statements that were `answered`.

    The same query says what `queues_of` asks, which is kept on her row for the page.
    """
    if person.is_guest:
        return []
    waits = Statement.objects.filter(conversation=OuterRef("pk"), item__state=ItemState.HELD)
    rows = _with_numbers(_moderated(person)).filter(Q(item__author=person) | Exists(waits))
    found = list(
        rows.select_related("item__territory", "item__count").order_by("-item__made_at", "-pk")[: 5 * MOST]
    )
    person.__dict__["_queues"] = _queues(found)[:MOST]
    return [row for row in found if row.item.author_id == person.pk][:MOST]


def closing_soon(participations: list[Participant]) -> list[Participant]:
    """Of rows of `participations_of`: it closes within two weeks, and `left` statements wait for her answer."""
    waiting = [row for row in participations if row.left]  # type: ignore[attr-defined]
    return sorted(waiting, key=lambda row: (row.conversation.item.closes_at or timezone.now(), row.pk))


def _left() -> Any:
    """How many open statements a participant has not answered."""
    answered = StatementVote.objects.filter(
        statement=OuterRef("pk"),
        participant=OuterRef(OuterRef("pk")),
        participant__conversation=OuterRef("conversation"),
    )
    still_open: QuerySet[Statement] = Statement.objects.filter(
        ~Exists(answered), conversation=OuterRef("conversation"), merged_into=None,
        item__state=ItemState.PUBLISHED, item__hidden_by="",
    )  # fmt: skip
    number = still_open.order_by().values("conversation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def imports_of(person: Person) -> list[ConversationImport]:
    """Those that ended lately, and those that ask something of her."""
    ended = Q(state__in=[ImportState.DONE, ImportState.FAILED], ended_at__gt=timezone.now() - LATELY)
    asking = Q(state=ImportState.WAITING, trouble__has_key="same_as")
    rows = ConversationImport.objects.filter(ended | asking, by=person)
    return list(rows.select_related("conversation__item").order_by("-asked_at")[:MOST])


def statements_by(person: Person) -> list[Statement]:
    """Her newest statements, with all that says what became of them."""
    rows = Statement.objects.filter(author__person=person).select_related(
        "item", "conversation__item", "merged_into__item", "answer"
    )
    return list(rows.order_by("-item__made_at", "-pk")[:MOST])


def owes_answer(conversation: Conversation) -> bool:
    """It is over, an answer was promised, and none was given yet. Of a row of `looked_after`."""
    answered: int = getattr(conversation, "answered", 0)
    return conversation.item.is_over and conversation.answer_due is not None and not answered


def participations_of(person: Person) -> list[Participant]:
    """Where she answered or wrote, the newest first; with `left`, where it closes soon and she may go on."""
    now = timezone.now()
    closes = When(
        is_banned=False, withdrawn_at=None, conversation__item__hidden_by="",
        conversation__item__closes_at__gt=now, conversation__item__closes_at__lte=now + CLOSING_SOON, then=_left(),
    )  # fmt: skip
    rows = Participant.objects.filter(person=person, conversation__item__state=ItemState.PUBLISHED)
    rows = rows.annotate(left=Case(closes, default=0, output_field=IntegerField()))
    return list(rows.select_related("conversation__item__territory").order_by("-began_at", "-pk")[:MOST])
