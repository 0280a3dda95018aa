"""Which rules hold for ideas in a place."""

from __future__ import annotations

from django.db.models import Count

from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..models import PlaceRule


def rule_in(territory: Territory) -> PlaceRule:
    """The rule of the place, else of the nearest place it lies in, else an unsaved one with what holds everywhere."""
    rules = PlaceRule.objects.filter(territory__in=above_ids(territory.pk)).select_related("territory")
    nearest = rules.annotate(depth=Count("territory__paths_up")).order_by("-depth", "territory__code").first()
    return nearest or PlaceRule()
