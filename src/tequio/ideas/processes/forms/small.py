"""The small forms of organisers and stewards: naming a colleague, an organisation; the rules of a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm, titled
from tequio.organisations.models import Organisation


class CodeForm(PlainForm):
    code = LineField(
        label=_("Her code"),
        max_length=40,
        help_text=_("She finds it under “My account” and shows it to you: so she agrees."),
    )


class LetterForm(PlainForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("A letter asks that person. The link in it is good for two weeks."),
    )


class OrganisationForm(PlainForm):
    organisation = forms.ChoiceField(
        label=_("Organisation"), help_text=_("It stands here once somebody who acts for it says yes.")
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by_key = {str(row.pk): row for row in organisations}
        self.offer("organisation", titled(self.by_key))

    @property
    def chosen(self) -> Organisation:
        return self.by_key[self.cleaned_data["organisation"]]


class RuleForm(PlainForm):
    openers = forms.IntegerField(
        label=_("Members who open a process together"), min_value=2, max_value=10_000,
        help_text=_("So many people of the place sign, and the process opens."),
    )  # fmt: skip
    petition_supports = forms.IntegerField(
        label=_("Supports from which an idea is owed an answer"), required=False, min_value=1, max_value=10_000_000,
        help_text=_("Empty: nothing is promised."),
    )  # fmt: skip
    petition_days = forms.IntegerField(
        label=_("Days within which it is answered"), min_value=1, max_value=730,
    )  # fmt: skip
