"""What became of statements."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from tequio.catalogue.enums import ItemState

from ..models import Conversation, StatementAnswer


def answer_to(statement_id: int) -> StatementAnswer | None:
    return StatementAnswer.objects.filter(statement=statement_id).first()


def answers_to(statement_ids: Iterable[int]) -> dict[int, StatementAnswer]:
    """The organiser's answers by statement id."""
    return StatementAnswer.objects.in_bulk(list(statement_ids))


def answered(conversation: Conversation) -> list[StatementAnswer]:
    """All answers to statements that are shown, in the order of the statements, with their words."""
    return list(
        StatementAnswer.objects.filter(
            statement__conversation=conversation,
            statement__item__state=ItemState.PUBLISHED,
            statement__item__hidden_by="",
        )
        .select_related("statement__item")
        .order_by("statement__number")
    )


def count_answered(conversation: Conversation) -> dict[str, int]:
    """How many statements were taken up, in part, …: {uptake: number}."""
    rows = StatementAnswer.objects.filter(statement__conversation=conversation).values_list("uptake")
    return dict(rows.annotate(number=Count("pk")).order_by("uptake"))
