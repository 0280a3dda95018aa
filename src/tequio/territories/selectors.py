"""Finding places and what lies in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from tequio.base.text import fold

from .enums import TerritoryKind
from .models import Territory, TerritoryParent, TerritoryPath

KEPT_SECONDS = 60


def subtree_ids(territory_id: int) -> list[int]:
    """Ids of the place and all below it; kept for a minute, because an array of ids plans well."""
    key = f"subtree:{territory_id}"
    ids = cache.get(key)
    if ids is None:
        ids = list(TerritoryPath.objects.filter(above=territory_id).values_list("below_id", flat=True))
        cache.set(key, ids, KEPT_SECONDS)
    return list(ids)


def above_ids(territory_id: int) -> frozenset[int]:
    """Ids of the place and all it lies in."""
    key = f"above:{territory_id}"
    ids = cache.get(key)
    if ids is None:
        ids = frozenset(TerritoryPath.objects.filter(below=territory_id).values_list("above_id", flat=True))
        cache.set(key, ids, KEPT_SECONDS)
    return frozenset(ids)


def breadcrumbs(territory: Territory) -> list[Territory]:
    """From the widest place down to the parent of `territory`, along first parents; kept for a minute."""
    key = f"breadcrumbs:{territory.pk}"
    places = cache.get(key)
    if places is None:
        places = _breadcrumbs(territory)
        cache.set(key, places, KEPT_SECONDS)
    return list(places)


def _breadcrumbs(territory: Territory) -> list[Territory]:
    rows = TerritoryParent.objects.filter(child__paths_down__below=territory).select_related("parent")
    first = {row.child_id: row.parent for row in rows.order_by("-position", "-id")}
    chain: list[Territory] = []
    at = territory.pk
    while at in first and first[at] not in chain:
        chain.append(first[at])
        at = first[at].pk
    return chain[::-1]


def children(territory: Territory) -> QuerySet[Territory]:
    return Territory.objects.filter(parent_rows__parent=territory).order_by("code")


def named(codes: Iterable[str]) -> dict[str, Territory]:
    return {territory.code: territory for territory in Territory.objects.filter(code__in=list(codes))}


def countries_above(territory_ids: Iterable[int]) -> list[tuple[Territory, int]]:
    """(country, id of the place that lies in it) for each of the places."""
    rows = TerritoryPath.objects.filter(
        below__in=list(territory_ids), above__kind=TerritoryKind.COUNTRY
    ).select_related("above")
    return [(row.above, row.below_id) for row in rows.order_by("above__code", "below__code")]


def place_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """(country, [(code, name)]) by name in the reader's language; the country stands first in its group."""
    territories = list(Territory.objects.all())
    countries = {place.code: place for place in territories if place.kind == TerritoryKind.COUNTRY}
    groups: dict[str, list[Territory]] = {code: [] for code in countries}
    alone: list[Territory] = []
    for place in territories:
        if place.code not in countries:
            groups.get(place.code.split("-")[0], alone).append(place)
    choices = [
        (str(countries[code].title), [_choice(countries[code]), *_by_name(places)])
        for code, places in groups.items()
    ]
    return sorted(choices) + ([("", _by_name(alone))] if alone else [])


def _choice(place: Territory) -> tuple[str, str]:
    return place.code, str(place.title)


def _by_name(places: list[Territory]) -> list[tuple[str, str]]:
    return sorted((_choice(place) for place in places), key=lambda choice: choice[1].casefold())


def places_named(words: str, most: int) -> list[Territory]:
    """Those in whose names every word begins one, however it is written; whole countries first."""
    asked = fold(words).split()[:8]
    if not asked:
        return []
    found = Territory.objects.all()
    for word in asked:
        found = found.filter(Q(names__startswith=word) | Q(names__contains=f" {word}"))
    return list(found.annotate(depth=Count("paths_up")).order_by("depth", "names", "pk")[:most])


def places_around(territory_ids: Iterable[int]) -> list[TerritoryPath]:
    """Each of the places with every place it lies in, itself included."""
    rows = TerritoryPath.objects.filter(below__in=list(territory_ids)).select_related("above")
    return list(rows.order_by("above__code", "below"))
