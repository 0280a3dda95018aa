"""Places: the list of those where something is on, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tequio.base.moments import zone
from tequio.base.text import fold
from tequio.catalogue.selectors import OpenOrder, listed, open_now, open_order, over
from tequio.ideas.deliberation.permissions import can_open
from tequio.ideas.deliberation.selectors.consequences import newest_taken_up
from tequio.organisations.selectors.listing import organisations_in
from tequio.people.enums import RoleName
from tequio.people.models import Person, Role
from tequio.people.selectors import roles_in
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, children, countries_above

from .cards import cards

MOST_OPEN = 30
MOST_OVER = 10
MOST_ORGANISATIONS = 6


@dataclass(frozen=True)
class PlaceRow:
    """A place with how much is open in it (the places below it included where `below`) and in all."""

    territory: Territory
    open: int
    all: int


@dataclass(frozen=True)
class CountryRow:
    country: Territory
    places: list[PlaceRow]

    @property
    def open(self) -> int:
        return sum(place.open for place in self.places)


def place(code: str) -> Territory | None:
    """The place of a filter; None for an empty or unknown code."""
    return Territory.objects.filter(code=code).first() if code else None


def places_with_items(person: Person | None) -> list[PlaceRow]:
    """Places that have something of their own, open or over, by name in the reader's language."""
    items = listed(person).order_by()
    everything = _by_territory(items)
    still_open = _by_territory(open_now(items).order_by())
    territories = Territory.objects.in_bulk(list(everything))
    rows = [PlaceRow(place, still_open.get(pk, 0), everything[pk]) for pk, place in territories.items()]
    return sorted(rows, key=lambda row: fold(row.territory.title.text))


def _by_territory(items: Any) -> dict[int, int]:
    return dict(items.values_list("territory").annotate(number=Count("pk")))


def countries(person: Person | None) -> list[CountryRow]:
    """Countries in which something is on, with their places."""
    rows = {row.territory.pk: row for row in places_with_items(person)}
    found: dict[int, CountryRow] = {}
    position = {pk: number for number, pk in enumerate(rows)}
    for country, below in sorted(countries_above(rows), key=lambda pair: position[pair[1]]):
        found.setdefault(country.pk, CountryRow(country, [])).places.append(rows[below])
    return sorted(found.values(), key=lambda row: fold(row.country.title.text))


def territory_page(person: Person | None, territory: Territory) -> dict[str, Any]:
    """Everything the page of a place shows; the place comes from `places_with_follow`."""
    items = listed(person, territory_id=territory.pk)
    past = list(over(items)[:MOST_OVER])
    around, has_more = organisations_in(person, territory, MOST_ORGANISATIONS)
    order = open_order(territory.pk)
    current = list(open_now(items, order)[:MOST_OPEN])
    made = {card.item.pk: card for card in cards([*current, *past])}
    return {
        "territory": territory,
        "places": breadcrumbs(territory),
        "below": _below(person, territory),
        "open": [made[item.pk] for item in current],
        "order": order,
        "over": [made[item.pk] for item in past],
        "taken_up": newest_taken_up(territory_id=territory.pk, limit=3),
        "roles": role_groups(roles_in(territory)),
        "local_time": local_time(territory),
        "organisations": around,
        "more_organisations": has_more,
        "may_open": can_open(person, territory),
        "is_followed": territory.is_followed,  # type: ignore[attr-defined]
    }


def _below(person: Person | None, territory: Territory) -> list[PlaceRow]:
    """The places directly in it with what is open in them and below them, those with something open first."""
    inside = open_now(listed(person).filter(territory__paths_up__above=OuterRef("pk"))).order_by()
    number = inside.values("territory__paths_up__above").annotate(number=Count("pk")).values("number")
    places = children(territory).annotate(open=Coalesce(Subquery(number), 0))
    rows = [PlaceRow(place, place.open, 0) for place in places]
    return sorted(rows, key=lambda row: (-row.open, fold(row.territory.title.text)))


def local_time(territory: Territory) -> datetime:
    return timezone.now().astimezone(zone(territory.zone))


def role_groups(roles: list[Role]) -> list[tuple[str, list[Role]]]:
    """(name of the role, who holds it), in the order of the roles' table."""
    order = {str(name): number for number, name in enumerate(RoleName)}
    rows = sorted(roles, key=lambda role: order[role.role])
    return [
        (str(RoleName(name).label), list(group)) for name, group in groupby(rows, key=lambda role: role.role)
    ]


def near_options(person: Person | None) -> list[PlaceRow]:
    """Places the home page offers to look near: those with something open."""
    return [row for row in places_with_items(person) if row.open]


def items_near(person: Person | None, near: Territory | None, order: OpenOrder) -> Any:
    """Open items in the place and below, in that order; everywhere where `near` is None."""
    return open_now(listed(person, territory_id=near.pk if near else None), order)
