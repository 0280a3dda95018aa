"""Up to four pictures, each with what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LineField, PlainForm

from ..services.illustrating import MOST_PICTURES

LONGEST_SAYS = 300


class PictureFields(PlainForm):
    """A part of a larger form; `room` is how many more pictures there may be."""

    def __init__(self, *args: Any, room: int = MOST_PICTURES, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = range(1, room + 1)
        for number in self.numbers:
            self.fields[f"picture_{number}"] = forms.FileField(
                label=_("Picture %(number)d") % {"number": number}, required=False, max_length=300,
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
            )  # fmt: skip
            self.fields[f"says_{number}"] = LineField(
                label=_("What picture %(number)d shows") % {"number": number}, required=False,
                max_length=LONGEST_SAYS, help_text=gettext_lazy("Read out to people who do not see it."),
            )  # fmt: skip

    @property
    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        for number in self.numbers:
            yield self[f"picture_{number}"], self[f"says_{number}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in self.numbers:
            if data.get(f"picture_{number}") and not data.get(f"says_{number}"):
                self.add_error(f"says_{number}", _("Say in one sentence what the picture shows."))
        return data

    def chosen(self) -> list[tuple[str, UploadedFile, str]]:
        """(name of its field, what was sent, what it shows) of each picture that was chosen."""
        data = self.cleaned_data
        return [
            (f"picture_{number}", data[f"picture_{number}"], data[f"says_{number}"])
            for number in self.numbers
            if data.get(f"picture_{number}")
        ]
