"""What a list says of a conversation in one line beside its people: how much there is to answer, which clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from tequio.catalogue.enums import ItemState

from ..models import Conversation
from .conversations import MINUTES_A_STATEMENT

OPEN_STATEMENTS = Q(
    statements__item__state=ItemState.PUBLISHED,
    statements__item__hidden_by="",
    statements__merged_into=None,
)


@dataclass(frozen=True)
class Figures:
    """Statements open for answers, and how the conversation is held."""

    statements: int = 0
    zone: str = "UTC"
    who_may: str = ""

    @property
    def minutes(self) -> int:
        """How long it takes to answer everything."""
        return max(1, round(self.statements * MINUTES_A_STATEMENT))


def figures_of(conversations: Iterable[int]) -> dict[int, Figures]:
    """Figures by conversation id, in one query however long the list."""
    ids = list(conversations)
    if not ids:
        return {}
    rows = Conversation.objects.filter(pk__in=ids).annotate(
        number=Count("statements", filter=OPEN_STATEMENTS)
    )
    return {
        pk: Figures(number, zone, who_may)
        for pk, number, zone, who_may in rows.values_list("pk", "number", "zone", "who_may")
    }
