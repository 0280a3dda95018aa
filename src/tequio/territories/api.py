"""Places, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema

from tequio.base.api import PAGE, READING, Cursor, Size, Words, words

from .models import Territory
from .selectors import breadcrumbs, children, subtree_ids

router = Router(tags=["territories"])
Code = Annotated[str, Field(max_length=40, description="As “TG” or “ES-BI”.")]


class PlaceRef(Schema):
    code: str
    name: Words | None


class PlaceOut(PlaceRef):
    kind: str
    zone: str
    languages: list[str]
    population: int | None


class PlaceWhole(PlaceOut):
    """`above` from the widest place down to its parent."""

    above: list[PlaceRef]
    below: list[PlaceRef]


class PlacePage(Schema):
    territories: list[PlaceOut]
    next: str | None


class PlaceFilters(Schema):
    within: Code = ""
    limit: Size = PAGE
    cursor: Cursor = ""


def place_ref(place: Territory) -> PlaceRef:
    return PlaceRef(code=place.code, name=words(place.name))


def _place(place: Territory) -> dict[str, Any]:
    return {
        "code": place.code, "name": words(place.name), "kind": place.kind, "zone": place.zone,
        "languages": place.languages, "population": place.population,
    }  # fmt: skip


@router.get("/territories", response={200: PlacePage, **READING}, summary=noop("Places, by code"))
def list_territories(request: HttpRequest, filters: Query[PlaceFilters]) -> PlacePage:
    """All places, or those within one (itself included). An unknown place has nothing within it."""
    places = Territory.objects.order_by("code")
    if filters.within:
        above = Territory.objects.filter(code=filters.within).values_list("pk", flat=True).first()
        places = places.filter(pk__in=subtree_ids(above) if above else [])
    if filters.cursor:
        places = places.filter(code__gt=filters.cursor)
    found = list(places[: filters.limit + 1])
    page = found[: filters.limit]
    more = page[-1].code if len(found) > len(page) else None
    return PlacePage(territories=[PlaceOut(**_place(place)) for place in page], next=more)


@router.get("/territories/{code}", response={200: PlaceWhole, **READING}, summary=noop("One place"))
def get_territory(request: HttpRequest, code: Code) -> PlaceWhole:
    place = get_object_or_404(Territory, code=code)
    return PlaceWhole(
        **_place(place),
        above=[place_ref(one) for one in breadcrumbs(place)],
        below=[place_ref(one) for one in children(place)],
    )
