"""What somebody types to prove where she lives, and what stewards set."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm, WordsField
from tequio.territories.models import Territory
from tequio.territories.selectors import place_choices

from ..enums import Method, Month
from ..models import Person
from .about import YearField

LONGEST_LIST = 10 * 1024 * 1024
CODE_SIGNS = re.compile(r"[^0-9A-Z]")


class CodeField(forms.CharField):
    """A code of letters and digits; spaces, dashes and small letters do not matter, nor 0 for O and 1 for I."""

    def __init__(self, *, length: int, **kwargs: Any):
        self.length = length
        attributes = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        code = CODE_SIGNS.sub("", super().clean(value).upper())
        if code and len(code) != self.length:
            raise ValidationError(
                _("The code has %(number)d letters and digits."), params={"number": self.length}
            )
        return code


class PlaceForm(PlainForm):
    """Any form about one place: chosen before, by `?place=`, or here."""

    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args: Any, person: Person, place: str = "", **kwargs: Any):
        chosen = place or (person.home.code if person.home else "")
        super().__init__(*args, initial={"place": chosen, **kwargs.pop("initial", {})}, **kwargs)
        self.offer("place", [("", _("Choose a place")), *place_choices()])

    def clean_place(self) -> Territory:
        place = Territory.objects.filter(code=self.cleaned_data["place"]).first()
        if place is None:
            raise ValidationError(_("Choose a place."))
        return place


class AddressForm(PlaceForm):
    address = WordsField(
        label=_("Your name and postal address"),
        help_text=_("As the postman needs it. It is erased as soon as the letter is printed."),
        rows=5,
        max_length=400,
    )


class LetterCodeForm(PlaceForm):
    code = CodeField(
        length=10, label=_("Code of the letter"), help_text=_("Ten letters and digits. You have five tries.")
    )


class ListForm(PlaceForm):
    identifier = LineField(
        label=_("Your number on the list"),
        help_text=_(
            "The place says which: a voter's number, say. Spaces and dashes do not matter. We do not keep it."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    year = YearField(required=True)


class DeskForm(PlainForm):
    code = CodeField(length=6, label=_("Code on the phone"), help_text=_("Six letters and digits."))


class RuleForm(PlainForm):
    methods = forms.MultipleChoiceField(
        label=_("How residents are verified here"),
        choices=Method.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    months = forms.TypedChoiceField(label=_("Asked again"), choices=Month.choices, coerce=int)


class UploadForm(PlainForm):
    name = LineField(label=_("Name of the list"), help_text=_("As “Electoral roll 2026”."), max_length=80)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8, at most 10 MB. First line: identifier,year_of_birth. Or: hash."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LONGEST_LIST:
            raise ValidationError(_("This file is larger than 10 MB."))
        return b"".join(upload.chunks())
