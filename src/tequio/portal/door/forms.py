"""What a person types at the door and about herself."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm
from tequio.base.languages import INTERFACE, own_name
from tequio.people.forms.about import CountryField, YearField, age_answer
from tequio.people.models import Person
from tequio.people.types.ages import Answer
from tequio.territories.models import Territory
from tequio.territories.selectors import place_choices

from .services import DIGITS

LONGEST_ADDRESS = 254
LONGEST_NEXT = 500


class AddressField(LineField):
    """An e-mail address in the one form in which it is kept: small letters, the host as it is asked for."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any):
        attributes = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
        super().__init__(max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        address = super().to_python(value).lower()
        name, at, host = address.rpartition("@")
        if len(address) > LONGEST_ADDRESS:
            return address
        try:
            return f"{name}{at}{host.encode('idna').decode()}"
        except UnicodeError:
            return address

    def validate(self, value: str) -> None:
        super().validate(value)
        wrong = ValidationError(_("Write the whole address, as ama@example.org."))
        # A quoted name may hold spaces, commas and more "@": no mailbox needs it, every header fears it.
        if '"' in value:
            raise wrong
        try:
            validate_email(value)
        except ValidationError:
            raise wrong from None


class AddressForm(PlainForm):
    email = AddressField(label=_("E-mail address"), help_text=_("We send the code there."))
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Eight digits. The space between them does not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s\-\u2010-\u2015.]", "", self.cleaned_data["code"])
        if len(code) != DIGITS or not code.isdecimal():
            raise ValidationError(_("The code has eight digits, as 1234 5678."))
        return "".join(str(int(digit)) for digit in code)


class AboutForm(PlainForm):
    """What joining asks. A child's year is no mistake here: the view answers her kindly."""

    name = LineField(
        label=_("Name others see"),
        help_text=_("Any name you like; it need not be your own. You may leave it empty."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters to you"),
        choices=[(code, own_name(code).capitalize()) for code in INTERFACE],
    )
    year_of_birth = YearField(
        help_text=_("Nobody else sees it. If you leave it empty, you say that you are 18 or older.")
    )


class JoinForm(AboutForm):
    """With the country: from which age one joins alone is the law of each."""

    country = CountryField(help_text=_("Only needed if you are under 18: countries have other ages."))


class AccountForm(AboutForm):
    home = forms.ChoiceField(
        label=_("Your place"),
        help_text=_("Where you live or feel at home. You may leave it empty."),
        required=False,
    )
    field_order = ["name", "language", "home", "year_of_birth"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        initial = {
            "name": person.name,
            "language": person.language,
            "home": person.home.code if person.home else "",
            "year_of_birth": person.year_of_birth,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person
        home = self.fields["home"]
        assert isinstance(home, forms.ChoiceField)
        home.choices = [("", _("No place")), *place_choices()]

    def clean_home(self) -> Territory | None:
        return Territory.objects.filter(code=self.cleaned_data["home"]).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        country = data["home"].code if data.get("home") else self.person.country
        if age_answer(data.get("year_of_birth"), country) == Answer.NOT_YET:
            self.add_error("year_of_birth", _("Accounts are for people of 13 and older."))
        return data
