"""What was brought from elsewhere before."""

from __future__ import annotations

from collections.abc import Sequence

from ..models import Idea, Problem


def known_ids(source: str, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that were brought from there before."""
    rows = Idea.objects.filter(source__name=source, external_id__in=list(ids))
    return list(rows.values_list("external_id", flat=True))


def known_problems(source: str, ids: Sequence[str]) -> list[str]:
    """As `known_ids`, of problems."""
    rows = Problem.objects.filter(source__name=source, external_id__in=list(ids))
    return list(rows.values_list("external_id", flat=True))
