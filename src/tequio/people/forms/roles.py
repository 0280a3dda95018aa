"""Granting and ending roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm

from ..enums import RoleName
from .guardian import MailField
from .residence import CodeField


class GrantForm(PlainForm):
    role = forms.ChoiceField(label=_("Role"), choices=RoleName.choices)
    email = MailField(
        label=_("E-mail address"),
        help_text=_("The one used for signing in. If nobody has proven it, we send an invitation there."),
        required=False,
    )
    code = CodeField(
        length=6,
        label=_("Or the code on the phone"),
        help_text=_("It stands on the page “My code” of the account. Let it be shown to you."),
        required=False,
    )
    reason = LineField(label=_("Why"), help_text=_("Other stewards read it."), max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("email")) == bool(data.get("code")):
            raise ValidationError(_("Fill in the address or the code, one of the two."))
        return data


class ReasonForm(PlainForm):
    reason = LineField(label=_("Why"), help_text=_("This person and other stewards read it."), max_length=300)
