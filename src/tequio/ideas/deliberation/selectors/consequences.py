"""What became of statements: those an organiser took up, newest first."""

from __future__ import annotations

from tequio.catalogue.permissions import shown_to_everybody
from tequio.territories.selectors import subtree_ids

from ..enums import Uptake
from ..models import StatementAnswer

ACTED_ON = (Uptake.TAKEN_UP, Uptake.IN_PART, Uptake.UNDER_WAY)


def newest_taken_up(*, territory_id: int | None = None, limit: int = 4) -> list[StatementAnswer]:
    """The newest promise of each conversation, to statements everybody may read, newest first."""
    answers = StatementAnswer.objects.filter(
        shown_to_everybody("statement__item__"), uptake__in=ACTED_ON, statement__merged_into=None
    )
    if territory_id is not None:
        answers = answers.filter(statement__item__territory_id__in=subtree_ids(territory_id))
    newest = answers.order_by("statement__conversation", "-at", "-pk").distinct("statement__conversation")
    return list(
        StatementAnswer.objects.filter(pk__in=newest.values("pk"))
        .select_related("statement__item__territory", "statement__conversation__item", "by")
        .order_by("-at", "-pk")[:limit]
    )


def answer_to(statement_id: int) -> StatementAnswer | None:
    """What the organiser said about one statement."""
    return StatementAnswer.objects.filter(statement=statement_id).first()
