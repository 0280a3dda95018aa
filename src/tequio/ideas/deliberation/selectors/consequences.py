"""What became of statements: those an organiser took up, newest first."""

from __future__ import annotations

from tequio.catalogue.permissions import shown_to_everybody
from tequio.territories.selectors import subtree_ids

from ..enums import Uptake
from ..models import StatementAnswer

ACTED_ON = (Uptake.TAKEN_UP, Uptake.IN_PART, Uptake.UNDER_WAY)


def newest_taken_up(*, territory_id: int | None = None, limit: int = 4) -> list[StatementAnswer]:
    """Answers that promise something, of statements everybody may read, with conversation and place."""
    answers = StatementAnswer.objects.filter(
        shown_to_everybody("statement__item__"), uptake__in=ACTED_ON, statement__merged_into=None
    )
    if territory_id is not None:
        answers = answers.filter(statement__item__territory_id__in=subtree_ids(territory_id))
    return list(
        answers.select_related("statement__item__territory", "statement__conversation__item", "by").order_by(
            "-at", "-pk"
        )[:limit]
    )


def answer_to(statement_id: int) -> StatementAnswer | None:
    """What the organiser said about one statement."""
    return StatementAnswer.objects.filter(statement=statement_id).first()
