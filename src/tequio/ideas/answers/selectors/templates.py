"""Words that may be used again: those of the place, the nearest first, and of the places around it."""

from __future__ import annotations

from django.db.models import Count

from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..models import AnswerTemplate

MOST = 100


def templates_for(territory: Territory) -> list[AnswerTemplate]:
    rows = AnswerTemplate.objects.filter(territory__in=above_ids(territory.pk)).select_related("territory")
    return list(rows.annotate(depth=Count("territory__paths_up")).order_by("-depth", "name", "pk")[:MOST])


def templates_of(territory: Territory) -> list[AnswerTemplate]:
    """Its own alone, by name."""
    return list(AnswerTemplate.objects.filter(territory=territory).order_by("name", "pk"))
