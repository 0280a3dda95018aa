"""Problems, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop
from ninja import Query, Router, Schema

from tequio.base.api import READING, Id, Words, reader, words
from tequio.catalogue.api import ItemOut, item_values
from tequio.catalogue.models import Item
from tequio.territories.api import PlaceRef, place_ref

from ..permissions import problems_visible_to
from ..selectors.having import who_has
from .listing import ListFilters, page_of

router = Router(tags=["ideas"])


class ReportedOut(ItemOut):
    """`people`: how many others have said that they have it too. The point in degrees of WGS 84."""

    people: int
    place_name: str
    latitude: float | None
    longitude: float | None


class ReportedPage(Schema):
    problems: list[ReportedOut]
    next: str | None


class PeopleThere(Schema):
    territory: PlaceRef
    people: int


class NameGiven(Schema):
    """A name of a place that two people or more gave."""

    name: str
    people: int


class ReportedWhole(ReportedOut):
    what: Words | None
    who_is_affected: Words | None
    evidence: Words | None
    how_often: str
    process: int | None
    places: list[PeopleThere]
    names: list[NameGiven]
    source: str
    external_id: str
    licence: str


@router.get(
    "/problems", response={200: ReportedPage, **READING}, summary=noop("Problems people have reported")
)
def list_problems(request: HttpRequest, filters: Query[ListFilters]) -> ReportedPage:
    rows, cursor = page_of(reader(request, "ideas"), "problem", filters)
    return ReportedPage(problems=[ReportedOut(**_values(row.item)) for row in rows], next=cursor)


@router.get(
    "/problems/{pk}",
    response={200: ReportedWhole, **READING},
    summary=noop("One problem, and who has it too"),
)
def get_problem(request: HttpRequest, pk: Id) -> ReportedWhole:
    rows = problems_visible_to(reader(request, "ideas")).select_related(
        "item__territory", "item__count", "item__entry", "source"
    )
    problem = get_object_or_404(rows, pk=pk)
    having = who_has(problem)
    entry = getattr(problem.item, "entry", None)
    return ReportedWhole(
        **_values(problem.item),
        what=words(problem.what),
        who_is_affected=words(problem.who_is_affected),
        evidence=words(problem.evidence),
        how_often=problem.how_often,
        process=entry.process_id if entry else None,
        places=[PeopleThere(territory=place_ref(place), people=number) for place, number in having.places],
        names=[NameGiven(name=name, people=number) for name, number in having.names],
        source=problem.source.name if problem.source else "",
        external_id=problem.external_id,
        licence=problem.source.licence if problem.source else "",
    )


def _values(item: Item) -> dict[str, Any]:
    return {
        **item_values(item), "people": item.count.people, "place_name": item.place_name,
        "latitude": item.latitude, "longitude": item.longitude,
    }  # fmt: skip
