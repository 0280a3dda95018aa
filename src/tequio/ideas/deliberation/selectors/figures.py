"""What a list says of a conversation in one line: how many people, how many statements, which clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tequio.catalogue.enums import ItemState

from ..models import Conversation, Participant, Statement

SECONDS_A_STATEMENT = 9


@dataclass(frozen=True)
class Figures:
    """People who answered at least once, statements open for answers, and how the conversation is held."""

    people: int = 0
    statements: int = 0
    zone: str = "UTC"
    who_may: str = ""

    @property
    def minutes(self) -> int:
        """How long answering everything takes, at nine seconds a statement."""
        return max(1, ceil(self.statements * SECONDS_A_STATEMENT / 60))


def figures_of(conversations: Iterable[int]) -> dict[int, Figures]:
    """Figures by conversation id, in one query however long the list."""
    ids = list(conversations)
    if not ids:
        return {}
    people = Participant.objects.filter(answers__gt=0, is_banned=False)
    statements = Statement.objects.filter(
        item__state=ItemState.PUBLISHED, item__hidden_by="", merged_into=None
    )
    rows = Conversation.objects.filter(pk__in=ids).annotate(
        people=_number_of(people), open=_number_of(statements)
    )
    return {
        pk: Figures(people, number, zone, who)
        for pk, people, number, zone, who in rows.values_list("pk", "people", "open", "zone", "who_may")
    }


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to the conversation of the query around it."""
    own = rows.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
