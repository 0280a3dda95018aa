"""What conversations have for one person's own page: what waits for her, what she wrote, opened and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
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
    if person.is_guest:
        return []
    where = Q(item__author=person)
    places = person.role_places(RoleName.MODERATOR)
    if places:
        where |= Q(item__territory__in=TerritoryPath.objects.filter(above__in=places).values("below"))
    found = Conversation.objects.filter(where, item__kind="conversation").annotate(
        held=Count("statements", filter=HELD), oldest=Min("statements__item__made_at", filter=HELD)
    )
    rows = found.filter(held__gt=0).select_related("item").order_by("oldest")[:MOST]
    return [HeldIn(row, row.held, row.oldest) for row in rows]


def closing_soon(person: Person) -> list[Participant]:
    """Where she took part, it closes within two weeks, and `left` statements wait for her answer."""
    now = timezone.now()
    rows = Participant.objects.filter(
        person=person, is_banned=False, withdrawn_at=None, conversation__item__state=ItemState.PUBLISHED,
        conversation__item__hidden_by="", conversation__item__closes_at__gt=now,
        conversation__item__closes_at__lte=now + CLOSING_SOON,
    )  # fmt: skip
    return list(
        rows.annotate(left=_left())
        .filter(left__gt=0)
        .select_related("conversation__item")
        .order_by("conversation__item__closes_at")[:MOST]
    )


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


def opened_by(person: Person) -> list[Conversation]:
    """Conversations she opened, drafts too, with the number of statements that were `answered`."""
    if person.is_guest:
        return []
    rows = Conversation.objects.filter(item__author=person).annotate(answered=Count("statements__answer"))
    return list(
        rows.select_related("item__territory", "item__count").order_by("-item__made_at", "-pk")[:MOST]
    )


def owes_answer(conversation: Conversation) -> bool:
    """It is over, an answer was promised, and none was given yet. Of a row of `opened_by`."""
    answered: int = getattr(conversation, "answered", 0)
    return conversation.item.is_over and conversation.answer_due is not None and not answered


def participations_of(person: Person) -> list[Participant]:
    """Where she answered or wrote, the newest first."""
    rows = Participant.objects.filter(person=person, conversation__item__state=ItemState.PUBLISHED)
    return list(rows.select_related("conversation__item__territory").order_by("-began_at", "-pk")[:MOST])
