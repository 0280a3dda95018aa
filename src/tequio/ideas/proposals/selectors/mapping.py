"""Maps of what is where: the things with a point in a place, its neighbours' names, a field to choose a point on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import F, Q

from tequio.algorithms.place_map import Field, Point, frame_of, grid_of, scale_of
from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import listed
from tequio.people.models import Person
from tequio.territories.enums import TerritoryKind
from tequio.territories.models import Territory

from ..types.maps import Mark, PlaceMap, PlaceName

KINDS = ["problem", "idea"]
MOST_MARKS, MOST_NAMES = 40, 12
# How wide a place is drawn where no point says more, in kilometres.
WIDTHS = {
    TerritoryKind.COUNTRY: 1_500.0, TerritoryKind.REGION: 200.0, TerritoryKind.PROVINCE: 80.0,
    TerritoryKind.CITY: 16.0,
}  # fmt: skip
DISTRICT_KM = 5.0
LEAST_KM, MOST_KM = 0.3, 3_000.0
FRAME = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?),(\d{1,5}(?:\.\d{1,4})?)")


def frame_text(field: Field) -> str:
    return f"{field.middle.latitude:.5f},{field.middle.longitude:.5f},{field.km:.3f}"


def read_frame(text: str, size: int = 360) -> Field | None:
    """The square that an address or a form carried; None for anything else."""
    found = FRAME.fullmatch(text)
    if found is None:
        return None
    latitude, longitude, km = (float(one) for one in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Field(Point(latitude, longitude), min(MOST_KM, max(LEAST_KM, km)), size)


def field_of(territory: Territory, size: int = 360) -> Field | None:
    """The square of a place whose middle is known."""
    if territory.point is None:
        return None
    return Field(Point(*territory.point), _width(territory), size)


def map_of(person: Person | None, territory: Territory) -> PlaceMap | None:
    """The newest problems and ideas with a point in the place and all in it; None where nothing can be drawn.

    Two or three queries.
    """
    items = listed(person, kinds=KINDS, territory_id=territory.pk).filter(latitude__isnull=False)
    rows = list(
        items.only("kind", "title", "place_name", "latitude", "longitude", "territory", "count")[
            : MOST_MARKS + 1
        ]
    )
    field = frame_around([point_of(item) for item in rows[:MOST_MARKS]], territory)
    return drawn(field, rows[:MOST_MARKS], more=len(rows) - MOST_MARKS) if field else None


def frame_around(points: Sequence[Point], territory: Territory | None = None) -> Field | None:
    """The square that holds the points, at least a quarter of the place wide; of none, the place's own."""
    if not points:
        return field_of(territory) if territory else None
    return frame_of(points, least_km=_width(territory) / 4 if territory else 2.0)


def _width(territory: Territory) -> float:
    return WIDTHS.get(TerritoryKind(territory.kind), DISTRICT_KM)


def point_of(item: Item) -> Point:
    assert item.latitude is not None
    assert item.longitude is not None
    return Point(item.latitude, item.longitude)


def drawn(
    field: Field,
    items: Sequence[Item] = (),
    *,
    chosen: Point | None = None,
    more: int = 0,
    places: Iterable[Territory] | None = None,
) -> PlaceMap:
    """The square with its lines, marks, a chosen point, and names: of `places`, else of all whose middle lies on it."""
    scale = scale_of(field)
    marks = [_mark(field, item, number) for number, item in enumerate(items, 1)]
    return PlaceMap(
        size=field.size, km=field.km, frame=frame_text(field), lines=tuple(round(line, 1) for line in grid_of(field)),
        scale=round(scale.length, 1), scale_km=scale.km, marks=tuple(marks), names=_names(field, _inside(field) if places is None else places, marks),
        chosen=_rounded(field.place(chosen)) if chosen else None, more=max(0, more),
    )  # fmt: skip


def _mark(field: Field, item: Item, number: int) -> Mark:
    x, y = _rounded(field.place(point_of(item)))
    return Mark(x, y, number, item.kind, read(item.title, current()), item.path, item.place_name)


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(place[1], 1)


def _names(field: Field, places: Iterable[Territory], marks: Sequence[Mark]) -> tuple[PlaceName, ...]:
    """None upon another or upon a mark, none across the edge."""
    found: list[PlaceName] = []
    for place in places:
        if place.point is None:
            continue
        x, y = _rounded(field.place(Point(*place.point)))
        is_free = all(abs(x - one.x) > 90 or abs(y - one.y) > 20 for one in found)
        is_free = is_free and all(abs(x - mark.x) > 60 or abs(y - mark.y) > 16 for mark in marks)
        if is_free and 40 <= x <= field.size - 40 and 20 <= y <= field.size - 40:
            found.append(PlaceName(x, y, place.title))
    return tuple(found[:MOST_NAMES])


def _inside(field: Field) -> list[Territory]:
    """The largest first."""
    return list(
        Territory.objects.filter(_on(field)).order_by(F("population").desc(nulls_last=True), "pk")[
            : 3 * MOST_NAMES
        ]
    )


def marks_on(field: Field, person: Person | None = None) -> list[Item]:
    """The newest problems and ideas on a field, for the picture on which a point is chosen."""
    return list(listed(person, kinds=KINDS).filter(_on(field))[:MOST_MARKS])


def _on(field: Field) -> Q:
    """Whatever has its point on the field, as an index finds it."""
    corner, other = field.point_at(0, 0), field.point_at(field.size, field.size)
    west, east = corner.longitude, other.longitude
    between = Q(longitude__gte=west, longitude__lte=east)
    if west > east:  # the field lies across the date line
        between = Q(longitude__gte=west) | Q(longitude__lte=east)
    return between & Q(latitude__gte=other.latitude, latitude__lte=corner.latitude)
