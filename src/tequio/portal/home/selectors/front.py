"""The home page: what is open near you, the four doors, what came of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from tequio.catalogue.selectors import count_of, listed, open_order
from tequio.ideas.deliberation.selectors.consequences import newest_taken_up
from tequio.people.models import Person
from tequio.territories.models import Territory

from .cards import cards
from .places import items_near, near_options

MOST_SLIPS = 6


def home_page(
    person: Person | None, near: Territory | None, *, is_everywhere: bool = False
) -> dict[str, Any]:
    """`near` chosen by the reader; else her home, unless she asked for everywhere."""
    if near is None and person is not None and not is_everywhere:
        near = person.home
    order = open_order(near.pk if near else None)
    items = items_near(person, near, order)
    slips = cards(items[:MOST_SLIPS])
    kinds = kinds_in_catalogue(person)
    return {
        "near": near,
        "options": near_options(person),
        "slips": slips,
        "order": order,
        "open_count": count_of(items),
        "conversations": kinds.get("conversation", 0),
        "processes": kinds.get("process", 0),
        "taken_up": newest_taken_up(limit=4),
        "all_doors": True,
    }


def kinds_in_catalogue(person: Person | None) -> dict[str, int]:
    """How many published items there are of each kind."""
    return dict(listed(person).order_by().values_list("kind").annotate(number=Count("pk")))
