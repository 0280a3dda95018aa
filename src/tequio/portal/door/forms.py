"""What a person types at the door and about herself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import CodeField, LineField, PlainForm
from tequio.base.telephones import NoNumber, read_number
from tequio.outbox.services import can_send_sms
from tequio.people.forms.about import AboutForm, CountryField
from tequio.people.models import Person

from .selectors import countries_for
from .services.passkeys import LONGEST_NAME
from .services.passwords import LONGEST as LONGEST_PASSWORD
from .services.second_steps import clean_digits

LONGEST_ADDRESS = 254
LONGEST_NEXT = 500
NO_PASSKEY = _("Your browser gave no passkey. Press the button above, or use a code.")


def clean_address(text: str) -> str:
    """An e-mail address in the one form in which it is kept: small letters, the host as it is asked for."""
    address = text.lower()
    name, at, host = address.rpartition("@")
    if len(address) <= LONGEST_ADDRESS:
        with contextlib.suppress(UnicodeError):
            address = f"{name}{at}{host.encode('idna').decode()}"
    wrong = ValidationError(_("Write the whole address, as ama@example.org."))
    # A quoted name may hold spaces, commas and more "@": no mailbox needs it, every header fears it.
    if '"' in address:
        raise wrong
    try:
        validate_email(address)
    except ValidationError:
        raise wrong from None
    return address


def clean_number(text: str, countries: Iterable[str]) -> str:
    try:
        return read_number(text, countries)
    except NoNumber as error:
        if error.codes:
            words = _("Which country is this number of? Begin it with %(codes)s.")
            raise ValidationError(words % {"codes": ", ".join(error.codes)}) from None
        raise ValidationError(
            _("Write the whole address, as ama@example.org, or a number, as +228 90 12 34 56.")
        ) from None


class AddressField(LineField):
    """An e-mail address; where SMS go out, a telephone number too (kept as +22890123456)."""

    def __init__(self, **kwargs: Any):
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=LONGEST_ADDRESS, widget=forms.TextInput(attrs=attributes), **kwargs)
        self.takes_numbers = False
        self.find_countries: Callable[[], Iterable[str]] = tuple

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        if self.takes_numbers and "@" not in text:
            has_country = text.startswith(("+", "00"))
            return clean_number(text, () if has_country else self.find_countries())
        return clean_address(text)


class ReachForm(PlainForm):
    """A form with the one field "e-mail address or telephone". `person`: who is there, for her country."""

    address = AddressField()

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["address"]
        assert isinstance(field, AddressField)
        if can_send_sms():
            field.takes_numbers = True
            field.find_countries = lambda: countries_for(person)
            field.label = field.label or _("E-mail address or telephone")
        else:
            field.widget.attrs["inputmode"] = "email"
            field.widget.input_type = "email"
            field.label = field.label or _("E-mail address")


class AddressForm(ReachForm):
    address = AddressField(help_text=_("We send the code there."))
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class PasswordSignInForm(ReachForm):
    address = AddressField()
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class RecoveryForm(ReachForm):
    address = AddressField(help_text=_("The one of your account, even if you cannot read it any more."))
    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("Twelve digits, from the list you kept."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return clean_digits(self.cleaned_data["code"])


class StepForm(PlainForm):
    """The number of an authenticator app, or a recovery code in its place."""

    code = forms.CharField(
        label=_("Number of the app"),
        help_text=_("Six digits. Without the app, a recovery code of twelve digits."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        return clean_digits(self.cleaned_data["code"])


class AppForm(StepForm):
    code = forms.CharField(
        label=_("Number of the app"),
        help_text=_("Six digits, as the app shows them now."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )


class CredentialField(forms.JSONField):
    """A browser's answer is a few kilobytes and hardly nested; what is not is none of a browser."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(NO_PASSKEY, code="invalid") from None


class CredentialForm(PlainForm):
    """What the browser answers for a passkey; a script fills it in."""

    credential = CredentialField(
        widget=forms.HiddenInput, error_messages={"required": NO_PASSKEY, "invalid": NO_PASSKEY}
    )


class PasskeyForm(CredentialForm):
    name = LineField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again, as “my telephone”. You may leave it empty."),
        required=False,
        max_length=LONGEST_NAME,
    )
    field_order = ["name", "credential"]


class NameForm(PlainForm):
    name = LineField(label=_("Name of the passkey"), max_length=LONGEST_NAME)


class NewPasswordForm(PlainForm):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("Several words that do not belong together are good, and easy to keep in mind."),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )


class VouchForm(ReachForm):
    lost = AddressField(
        label=_("The address she lost"), help_text=_("Ask her which one she used to sign in with.")
    )
    address = AddressField(label=_("Her new address"))
    reason = LineField(
        label=_("How do you know that it is she?"),
        help_text=_("As “we meet at the market committee each week”. Other stewards can read it."),
        max_length=300,
    )
    field_order = ["lost", "address", "reason"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        lost, new = self.fields["lost"], self.fields["address"]
        assert isinstance(lost, AddressField)
        assert isinstance(new, AddressField)
        lost.takes_numbers, lost.find_countries = True, new.find_countries


class CodeForm(PlainForm):
    code = CodeField()


class JoinForm(AboutForm):
    """What joining asks. A child's year is no mistake here: the view answers her kindly.

    With the country, for the age from which one joins alone is the law of each.
    """

    country = CountryField(help_text=_("Only needed if you are under 18: countries have other ages."))
