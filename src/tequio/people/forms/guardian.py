"""The address of a parent or guardian."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm

LONGEST_ADDRESS = 254


class MailField(LineField):
    """An e-mail address in the one form in which it is kept: small letters, the host as it is asked for."""

    def __init__(self, **kwargs: Any):
        attributes = {"inputmode": "email", "spellcheck": "false", "autocomplete": "off"}
        super().__init__(max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        address = super().to_python(value).lower()
        name, at, host = address.rpartition("@")
        try:
            return f"{name}{at}{host.encode('idna').decode()}" if len(address) <= LONGEST_ADDRESS else address
        except UnicodeError:
            return address

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        wrong = ValidationError(_("Write the whole address, as ama@example.org."))
        if '"' in value:
            raise wrong
        try:
            validate_email(value)
        except ValidationError:
            raise wrong from None


class GuardianForm(PlainForm):
    guardian = MailField(
        label=_("E-mail address of a parent or guardian"),
        help_text=_("We send one letter there. It says what this is about and asks for a yes."),
    )
