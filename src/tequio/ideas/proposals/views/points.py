"""Choosing a point without a script: a picture of a map is a button, and the browser says where it was pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tequio.algorithms.place_map import Field, Point
from tequio.base.forms import PlainForm
from tequio.territories.models import Territory

from ..selectors.mapping import LEAST_KM, MOST_KM, drawn, field_of, frame_text, marks_on, read_frame

# It is shown as wide as it is, also on the smallest telephone: else the browser would say another place.
SIZE = 248
STEP = 4.0


@dataclass(frozen=True)
class Picker:
    """`src`: address of the picture; `frame`: the square it shows, as the form carries it."""

    src: str
    frame: str
    size: int = SIZE
    has_point: bool = False


def picker_of(territory: Territory, data: Mapping[str, Any]) -> Picker | None:
    """For a form with `latitude`, `longitude`, `frame` as they stand; None where no map of the place is known."""
    point = _point(data)
    field = read_frame(str(data.get("frame", "")), SIZE) or _first_field(territory, point)
    if field is None:
        return None
    asked = {"frame": frame_text(field)}
    if point is not None:
        asked["mark"] = f"{point.latitude:.6f},{point.longitude:.6f}"
    return Picker(
        f"{reverse('proposals:map_picture')}?{urlencode(asked)}",
        frame_text(field),
        has_point=point is not None,
    )


def _first_field(territory: Territory, point: Point | None) -> Field | None:
    return Field(point, 2.0, SIZE) if point is not None else field_of(territory, SIZE)


def _point(data: Mapping[str, Any]) -> Point | None:
    try:
        point = Point(
            *(float(str(data.get(name, "")).replace(",", ".")) for name in ("latitude", "longitude"))
        )
    except ValueError:
        return None
    return point if abs(point.latitude) <= 90 and abs(point.longitude) <= 180 else None


def is_pick(data: Mapping[str, Any]) -> bool:
    """Whether the map was pressed, or one of its buttons, and not the button that sends."""
    return "point.x" in data or "zoom" in data


def picked(territory: Territory, data: Mapping[str, Any]) -> dict[str, str]:
    """What the form holds from then on. A key pressed on the picture says no point (0, 0): then nothing changes."""
    field = read_frame(str(data.get("frame", "")), SIZE) or field_of(territory, SIZE)
    if field is None:
        return {}
    if data.get("zoom") in ("in", "out"):
        km = field.km * (STEP if data["zoom"] == "out" else 1 / STEP)
        return {"frame": frame_text(Field(field.middle, min(MOST_KM, max(LEAST_KM, km)), SIZE))}
    x, y = (_units(data.get(name, "")) for name in ("point.x", "point.y"))
    if not x and not y:
        return {"frame": frame_text(field)}
    point = field.point_at(x, y)
    nearer = Field(point, max(LEAST_KM, field.km / STEP), SIZE)
    return {
        "latitude": f"{point.latitude:.6f}", "longitude": f"{point.longitude:.6f}", "map_link": "",
        "frame": frame_text(nearer),
    }  # fmt: skip


def _units(typed: Any) -> int:
    text = str(typed)
    return min(SIZE, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def as_typed(form: PlainForm, data: Mapping[str, Any], changes: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a form that is drawn again without being judged; files cannot be kept by any browser."""
    typed = {
        name: field.widget.value_from_datadict(data, {}, name)
        for name, field in form.fields.items()
        if not field.widget.needs_multipart_form
    }
    return {
        name: changes.get(name, value)
        for name, value in typed.items()
        if value is not None or name in changes
    }


@login_not_required
def map_picture(request: HttpRequest) -> HttpResponse:
    """A square of the map as a picture: lines, scale, names of places, what is there already."""
    field = read_frame(request.GET.get("frame", ""), SIZE)
    if field is None:
        raise Http404
    mark = dict(zip(("latitude", "longitude"), request.GET.get("mark", "").split(","), strict=False))
    context = {"map": drawn(field, marks_on(field), chosen=_point(mark))}
    return render(request, "proposals/map_picture.svg", context, content_type="image/svg+xml")
