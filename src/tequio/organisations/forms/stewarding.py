"""What a steward says of an organisation, and what its register says of a resident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import DayField, LineField, PlainForm, titled
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import VerificationMethod
from ..models import Membership, RegisterGrant, today


class VerifyForm(PlainForm):
    method = forms.ChoiceField(
        label=gettext_lazy("How it was found out"),
        choices=VerificationMethod.choices,
        widget=forms.RadioSelect,
    )
    checked_on = DayField(label=gettext_lazy("On which day"))
    evidence = LineField(
        label=gettext_lazy("What was seen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "As: statutes of 2019, register entry 4471. Stewards and the organisation read it."
        ),
    )

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day > today():
            raise ValidationError(_("This day is still to come."))
        return day


class EndForm(PlainForm):
    reason = LineField(
        label=gettext_lazy("Why it ends"),
        max_length=300,
        help_text=gettext_lazy("It stands on the page of the organisation."),
    )


class RegisterForm(PlainForm):
    """One of its members lives in a place where its list is trusted."""

    person = forms.ChoiceField(label=gettext_lazy("Who"))
    territory = forms.ChoiceField(label=gettext_lazy("Lives in"))
    is_so = forms.BooleanField(label=gettext_lazy("Our list of members has her as living there."))

    def __init__(
        self, *args: Any, members: Sequence[Membership], grants: Sequence[RegisterGrant], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.people = {str(row.person_id): row.person for row in members if row.person}
        self.places = {str(row.territory_id): row.territory for row in grants}
        self.offer("person", [(key, _name(person)) for key, person in self.people.items()])
        self.offer("territory", titled(self.places))

    @property
    def resident(self) -> Person:
        return self.people[self.cleaned_data["person"]]

    @property
    def place(self) -> Territory:
        return self.places[self.cleaned_data["territory"]]


def _name(person: Person) -> str:
    return person.name or _("Member %(number)d") % {"number": person.pk}
