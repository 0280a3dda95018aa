"""Which rules hold for ideas in a place."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Count

from tequio.territories.selectors import above_ids

from ..models import PlaceRule

KEPT_SECONDS = 15


def rule_in(territory_id: int) -> PlaceRule:
    """The rule of the place, else of the nearest place it lies in, else an unsaved one with what holds everywhere."""
    rules = PlaceRule.objects.filter(territory__in=above_ids(territory_id)).select_related("territory")
    nearest = rules.annotate(depth=Count("territory__paths_up")).order_by("-depth", "territory__code").first()
    return nearest or PlaceRule()


def rule_shown_in(territory_id: int) -> PlaceRule:
    """As `rule_in`, for pages alone: a process keeps it for a quarter of a minute."""
    key = f"idea-rule:{territory_id}"
    rule: PlaceRule | None = cache.get(key)
    if rule is None:
        rule = rule_in(territory_id)
        cache.set(key, rule, KEPT_SECONDS)
    return rule
