"""What somebody types of an idea or a problem: words, place, pictures; as sent, or drawn again with all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from tequio.base.errors import Refused
from tequio.base.forms import PlainForm
from tequio.catalogue.models import Item
from tequio.guards.views import network_of
from tequio.people.middleware import begin, who
from tequio.territories.models import Territory

from ..forms.answering import is_search
from ..forms.pictures import Pictures
from ..forms.places import PlaceFields
from ..permissions import can_add_pictures
from ..services.illustrating import MOST_OF_A_GUEST, MOST_PICTURES
from .points import as_typed, is_pick, picked, picker_of

F = TypeVar("F", bound=PlainForm)
F_made = TypeVar("F_made", bound=PlainForm, covariant=True)


class Make(Protocol[F_made]):
    """Draws the form of words: with what was sent, or with what stands in it at first."""

    def __call__(self, data: Any, typed: dict[str, Any] | None = None) -> F_made: ...


@dataclass
class Parts(Generic[F]):
    """`place_data`: what stands in the part of the place, for the map."""

    words: F
    place: PlaceFields
    pictures: Pictures
    place_data: dict[str, Any]

    @property
    def are_right(self) -> bool:
        """Sent, and each part is right; each is asked, so that all mistakes are said at once."""
        if not self.words.is_bound:
            return False
        return all([self.words.is_valid(), self.place.is_valid(), self.pictures.is_valid()])


def parts_of(
    request: HttpRequest, territory: Territory, make: Make[F], *, item: Item | None = None
) -> Parts[F]:
    """`item` is the thing that is changed."""
    pictures = _pictures_of(request, item)
    if request.method == "POST" and not is_drawn_anew(request.POST):
        return Parts(make(request.POST), PlaceFields(request.POST), pictures, request.POST.dict())
    typed, place = None, _place_of(item)
    if request.method == "POST":
        changes = picked(territory, request.POST)
        place = as_typed(PlaceFields(), request.POST, changes) | {"frame": changes.get("frame", "")}
        typed = as_typed(make(None), request.POST, {})
    return Parts(make(None, typed=typed), PlaceFields(initial=place), pictures, place)


def _pictures_of(request: HttpRequest, item: Item | None) -> Pictures:
    """Those that stand there, as the form has them; one that was sent is taken in. A visitor begins by that."""
    person = who(request)
    had = list(item.illustrations.select_related("file")) if item else []
    most = MOST_PICTURES if person is not None and person.is_member else MOST_OF_A_GUEST
    pictures = Pictures(had, most=most, takes_more=can_add_pictures(person, item))
    if request.method != "POST":
        return pictures
    pictures.read(request.POST)
    upload = request.FILES.get("picture")
    if isinstance(upload, UploadedFile) and pictures.may_more:
        pictures.take(upload, network=network_of(request), by=begin(request))
    if request.POST.get("do") == "picture":
        pictures.is_valid()
    return pictures


def refuse(parts: Parts[Any], refused: Refused) -> int:
    """Said above the form, which keeps all that was typed; returns the status.

    Raised further, it would take back the whole request, and a picture that was read would not be counted.
    """
    parts.words.add_error(None, str(refused.reason))
    return 429 if refused.code == "too_often" else 403


def is_drawn_anew(data: Mapping[str, Any]) -> bool:
    """A button that only draws the form again: then nothing is judged yet."""
    return is_pick(data) or is_search(data) or data.get("do") == "picture"


def _place_of(item: Item | None) -> dict[str, Any]:
    if item is None:
        return {}
    return {"place_name": item.place_name, "latitude": item.latitude, "longitude": item.longitude}


def drawn(request: HttpRequest, parts: Parts[Any], territory: Territory) -> dict[str, Any]:
    """What the templates of the parts take."""
    person = who(request)
    return {
        "form": parts.words, "place_form": parts.place, "pictures": parts.pictures,
        "picker": picker_of(territory, parts.place_data), "has_picked": is_pick(request.POST),
        "is_guest": person is None or person.is_guest, "territory": territory, "door": "ideas",
    }  # fmt: skip
