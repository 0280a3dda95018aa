"""Where it is: a name, and a point that is typed, taken from a link, or chosen on the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LineField, PlainForm

from ..types import Whereabouts, read_map_link

LONGEST_NAME = 120


class DegreesField(forms.DecimalField):
    """Degrees with a point or a comma."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _degrees(most: int, label: Any) -> DegreesField:
    return DegreesField(
        label=label, required=False, min_value=-most, max_value=most, max_digits=18,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Write degrees as a number, like 6.137.")},
    )  # fmt: skip


class PlaceFields(PlainForm):
    """A part of a larger form: drawn by `proposals/_point_fields.html`, read by `whereabouts`."""

    place_name = LineField(
        label=gettext_lazy("Where exactly"), required=False, max_length=LONGEST_NAME,
        help_text=gettext_lazy("As people call it: a street, a square, a bus stop. Not your own address."),
    )  # fmt: skip
    map_link = forms.CharField(
        label=gettext_lazy("Link from a map"), required=False, max_length=2_000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Paste a link of OpenStreetMap, Google or Apple maps. Nothing is sent there."),
    )  # fmt: skip
    latitude = _degrees(90, gettext_lazy("Latitude"))
    longitude = _degrees(180, gettext_lazy("Longitude"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("map_link"):
            self._read_link(data)
        elif (data.get("latitude") is None) != (data.get("longitude") is None) and not self.errors:
            missing = "longitude" if data.get("longitude") is None else "latitude"
            self.add_error(missing, _("A point needs both numbers."))
        return data

    def _read_link(self, data: dict[str, Any]) -> None:
        point = read_map_link(data["map_link"])
        if point is None:
            self.add_error(
                "map_link", _("There is no point in this link. Open it, then copy the long address.")
            )
            return
        for name in ("latitude", "longitude"):
            self.errors.pop(name, None)
        data["latitude"], data["longitude"] = point

    @property
    def whereabouts(self) -> Whereabouts:
        """Once it is valid."""
        data = self.cleaned_data
        latitude, longitude = data.get("latitude"), data.get("longitude")
        return Whereabouts(
            data.get("place_name", ""),
            None if latitude is None else round(float(latitude), 6),
            None if longitude is None else round(float(longitude), 6),
        )
