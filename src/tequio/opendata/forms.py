"""What a member says of a key she makes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm

from .enums import Lasting, Scope


class KeyForm(PlainForm):
    name = LineField(
        label=_("What is it for?"), max_length=60,
        help_text=_("So that you know it again: the name of the program."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("How long is it good?"), choices=Lasting.choices, coerce=int, initial=Lasting.QUARTER
    )
