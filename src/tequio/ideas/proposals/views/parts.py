"""The form of an idea and the part of its place, as they were sent, or drawn again because the map was pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tequio.territories.models import Territory

from ..forms.idea import IdeaForm
from ..forms.places import PlaceFields
from ..models import Idea
from .points import as_typed, is_pick, picked


@dataclass
class Parts:
    """`data`: what stands in the part of the place, for the map. Not `is_sent`: nothing is judged."""

    words: IdeaForm
    place: PlaceFields
    data: dict[str, Any]
    is_sent: bool

    @property
    def are_valid(self) -> bool:
        """Each is asked, so that all mistakes are said at once."""
        return all([self.words.is_valid(), self.place.is_valid()])


def parts_of(
    request: HttpRequest, territory: Territory, make: Callable[..., IdeaForm], *, idea: Idea | None = None
) -> Parts:
    """`make(data, **options)` draws the form of words."""
    if request.method == "POST" and not is_pick(request.POST):
        return Parts(make(request.POST), PlaceFields(request.POST), request.POST.dict(), is_sent=True)
    place = _place_of(idea)
    if request.method != "POST":
        return Parts(make(None), PlaceFields(initial=place), place, is_sent=False)
    changes = picked(territory, request.POST)
    place = as_typed(PlaceFields(), request.POST, changes)
    place["frame"] = changes.get("frame", "")
    typed = as_typed(make(None), request.POST, {})
    return Parts(make(None, typed=typed), PlaceFields(initial=place), place, is_sent=False)


def _place_of(idea: Idea | None) -> dict[str, Any]:
    if idea is None:
        return {}
    item = idea.item
    return {"place_name": item.place_name, "latitude": item.latitude, "longitude": item.longitude}
