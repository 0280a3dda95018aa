"""The open hub of a place."""

from __future__ import annotations

from typing import Any

from tequio.catalogue.selectors import count_of, listed, open_now
from tequio.ideas.processes.selectors import standings
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import why
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from .listing import first_of_turn, newest_of
from .mapping import map_of
from .ordering import RECIPE

MOST_PROBLEMS, MOST_IDEAS, MOST_PROCESSES = 5, 5, 5


def hub_page(person: Person | None, territory: Territory) -> dict[str, Any]:
    """Everything its page shows; the place comes from `places_with_follow`. Nine queries."""
    processes = list(open_now(listed(person, kind="process", territory_id=territory.pk))[:MOST_PROCESSES])
    steps = standings(item.pk for item in processes) if processes else {}
    return {
        "territory": territory,
        "places": breadcrumbs(territory),
        "problems": newest_of(person, "problem", territory, MOST_PROBLEMS),
        "ideas": first_of_turn(person, "idea", territory, MOST_IDEAS),
        "ideas_why": why(active(RECIPE, territory.pk), {}),
        "processes": [(item, steps.get(item.pk)) for item in processes],
        "numbers": {
            kind: count_of(listed(person, kind=kind, territory_id=territory.pk))
            for kind in ("problem", "idea")
        },
        "map": map_of(person, territory),
        "is_followed": territory.is_followed,  # type: ignore[attr-defined]
        "door": "ideas",
        "icons": "flag bell place",
    }
