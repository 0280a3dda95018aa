"""What was looked for in a place and below, and not found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, subtree_ids

from ..models import Gap
from ..permissions import LEAST_ASKERS, can_hide, visible_to

MOST = 100


@dataclass(frozen=True)
class GapLine:
    """The same words in one place, all weeks and languages together."""

    gap: Gap
    askers: int
    weeks: int


def gaps_page(person: Person | None, place: Territory | None, asked: Mapping[str, str]) -> dict[str, Any]:
    """Most asked for first, a hundred at most; without a place, what was looked for everywhere."""
    rows = visible_to(person).select_related("territory")
    if place is not None:
        rows = rows.filter(territory__in=subtree_ids(place.pk))
    lines = _together(list(rows.order_by("-week", "-askers", "pk")[: 10 * MOST]))
    return {
        "territory": place,
        "places": breadcrumbs(place) if place else [],
        "lines": lines[:MOST],
        "least": LEAST_ASKERS,
        "may_hide": can_hide(person, place),
    }


def _together(rows: list[Gap]) -> list[GapLine]:
    found: dict[tuple[str, int | None], list[Gap]] = {}
    for row in rows:
        found.setdefault((row.words, row.territory_id), []).append(row)
    lines = [
        GapLine(same[0], sum(row.askers for row in same), len({row.week for row in same}))
        for same in found.values()
    ]
    return sorted(lines, key=lambda line: (-line.askers, line.gap.words, line.gap.pk))
