"""One search over everything that is listed, and over what people said in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tequio.catalogue.enums import KINDS
from tequio.catalogue.selectors import count_of, search_parts
from tequio.people.models import Person

from .cards import cards
from .doors import MOST_FOUND, read_wish, wished
from .places import places_with_items

MOST_PARTS = 10


def search_page(person: Person | None, asked: Mapping[str, str]) -> dict[str, Any]:
    """Items of every door, best first, then statements with the conversation they stand in."""
    names = [kind.name for kind in KINDS.values() if kind.is_listed]
    wish = read_wish({"state": "all", **{name: asked[name] for name in asked}}, kinds=names)
    context: dict[str, Any] = {"wish": wish, "options": places_with_items(person)}
    if not wish.words:
        return context
    items = wished(person, wish, kinds=names)
    parts = search_parts(person, wish.words, territory_id=wish.place.pk if wish.place else None)
    return {
        **context,
        "cards": cards(items[:MOST_FOUND]),
        "count": count_of(items),
        "parts": list(parts[:MOST_PARTS]),
    }
