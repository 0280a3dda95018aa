"""A door: the list of what stands behind it, by plain filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from tequio.catalogue.enums import KINDS, Door
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import Count, Page, count_of, listed, open_now, over, page_of, search
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from .cards import cards
from .places import place, places_with_items

STATES = ("open", "over", "all")
MOST_FOUND = 30


@dataclass(frozen=True)
class Wish:
    """What a reader asked a list for; anything odd becomes the default."""

    words: str = ""
    place: Territory | None = None
    state: str = "open"
    kind: str = ""

    def query(self, **cursor: str) -> str:
        """The same wish as the query of a link."""
        code = self.place.code if self.place else ""
        asked = {"q": self.words, "place": code, "state": self.state, "kind": self.kind, **cursor}
        return urlencode({name: value for name, value in asked.items() if value})


def read_wish(asked: Mapping[str, str], *, kinds: list[str]) -> Wish:
    state, kind = asked.get("state", ""), asked.get("kind", "")
    return Wish(
        words=asked.get("q", "").strip()[:200],
        place=place(asked.get("place", "")),
        state=state if state in STATES else "open",
        kind=kind if kind in kinds else "",
    )


def wished(person: Person | None, wish: Wish, *, kinds: list[str]) -> QuerySet[Item]:
    """The items, newest first, or best first where words were asked for."""
    chosen = [wish.kind] if wish.kind else kinds
    if wish.words:
        items = search(person, wish.words, kinds=chosen)
        order = ["-rank", "-id"]
    else:
        items = listed(person, kinds=chosen)
        order = ["-published_at", "-id"]
    if wish.place is not None:
        items = items.filter(territory_id__in=subtree_ids(wish.place.pk))
    if wish.state == "open":
        items = open_now(items)
    elif wish.state == "over":
        items = over(items)
    return items.order_by(*order)


def door_page(person: Person | None, door: Door, asked: Mapping[str, str]) -> dict[str, Any]:
    """A door without kinds of its own yet is not open: its page says so and lists nothing."""
    kinds = [kind for kind in KINDS.values() if kind.door == door and kind.is_listed]
    context: dict[str, Any] = {"door": door.value, "title": door.label, "is_live": bool(kinds)}
    if not kinds:
        return context
    names = [kind.name for kind in kinds]
    wish = read_wish(asked, kinds=names)
    items = wished(person, wish, kinds=names)
    page = _one_page(items, wish, asked)
    return {
        **context,
        "wish": wish,
        "kinds": kinds,
        "options": places_with_items(person),
        "cards": cards(page.items),
        "count": _count(items, page),
        "older": wish.query(before=page.older) if page.older else "",
        "newer": wish.query(after=page.newer) if page.newer else "",
    }


def _one_page(items: QuerySet[Item], wish: Wish, asked: Mapping[str, str]) -> Page:
    if wish.words:
        return Page(list(items[:MOST_FOUND]))
    return page_of(items, before=asked.get("before", ""), after=asked.get("after", ""))


def _count(items: QuerySet[Item], page: Page) -> Count:
    is_whole = not (page.older or page.newer) and len(page.items) < MOST_FOUND
    return Count(len(page.items)) if is_whole else count_of(items)
