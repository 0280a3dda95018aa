"""What somebody types when she proposes or changes an idea."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField
from tequio.base.money import currencies, minor_digits
from tequio.base.multilingual import original_language, original_text, write_original
from tequio.catalogue.services.revisions import LONGEST_WHY

from ..models import Idea
from ..services import Words
from ..services.editing import revised

LONGEST_TITLE, LONGEST_TEXT = 200, 10_000
MOST_MONEY = Decimal(10) ** 15
# Soft: more may be written, and the hint says what is read.
GOOD_LENGTH = {"what": 200, "why": 100, "for_whom": 60}
SPACES = re.compile(r"[\s\u00a0\u202f'’]")


class MoneyField(forms.CharField):
    """A rough amount as people write it: 1200, 1 200, 1.200, 1,200.50."""

    def clean(self, value: Any) -> Decimal | None:
        typed = SPACES.sub("", super().clean(value) or "")
        if not typed:
            return None
        if re.fullmatch(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})*", typed):
            typed = re.sub("[.,]", "", typed)
        found = re.fullmatch(r"([0-9]{1,16}|[0-9]{1,3}(?:[.,][0-9]{3})+)(?:[.,]([0-9]{1,2}))?", typed)
        if found is None:
            raise forms.ValidationError(_("Write the amount in digits, like 1200 or 1200.50."))
        amount = Decimal(re.sub("[.,]", "", found[1]) + "." + (found[2] or "0"))
        if amount > MOST_MONEY:
            raise forms.ValidationError(_("This amount is too large."))
        return amount


class IdeaForm(PlainForm):
    """A new idea, or one that is changed: then `idea` is given and its language stays."""

    language = LanguageField(label=gettext_lazy("Language you write in"))
    title = LineField(
        label=gettext_lazy("Your idea in one line"), max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    what = WordsField(label=gettext_lazy("What should be done"), max_length=LONGEST_TEXT, rows=6)
    why = WordsField(label=gettext_lazy("Why"), max_length=LONGEST_TEXT, rows=3, required=False)
    for_whom = WordsField(label=gettext_lazy("For whom"), max_length=LONGEST_TEXT, rows=2, required=False)
    cost = MoneyField(
        label=gettext_lazy("Rough cost"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("A guess is enough. Leave it empty if you do not know."),
    )  # fmt: skip
    currency = LineField(
        label=gettext_lazy("Currency"), required=False, max_length=3,
        help_text=gettext_lazy("Three letters, such as XOF, MXN, EUR or CAD."),
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
    )  # fmt: skip
    reason = LineField(
        label=gettext_lazy("Why you change it"), required=False, max_length=LONGEST_WHY,
        help_text=gettext_lazy("It stands in the history that everybody can read."),
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], idea: Idea | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.idea = idea
        for name, number in GOOD_LENGTH.items():
            self.fields[name].help_text = _("Up to %(number)d words are read best.") % {"number": number}
        if idea is None:
            self.offer_languages(languages)
            del self.fields["reason"], self.fields["seen"]
        else:
            del self.fields["language"]
            for name in ("title", "what", "why", "for_whom"):
                self.fields[name].widget.attrs["lang"] = self.written_in

    @property
    def written_in(self) -> str:
        return original_language(self.idea.item.title) if self.idea else str(self.cleaned_data["language"])

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if code and code not in currencies():
            raise forms.ValidationError(_("We do not know this currency. Write three letters such as EUR."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        has_cost = data.get("cost") is not None
        if has_cost and not data.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("Say in which currency."))
        if has_cost and data.get("currency"):
            data["cost"] = round(data["cost"], minor_digits(data["currency"]))
        return data

    def words(self, *, by: str) -> Words:
        """What was typed; parts whose words did not change keep their translations."""
        data, tongue, idea = self.cleaned_data, self.written_in, self.idea
        if idea is None:
            fields = {name: write_original(data[name], tongue, by) if data[name] else {} for name in PARTS}
        else:
            old = {"title": idea.item.title, "what": idea.what, "why": idea.why, "for_whom": idea.for_whom}
            fields = {name: revised(old[name], data[name], tongue, by) for name in PARTS}
        return Words(
            **fields, cost=data["cost"], currency=data["currency"] if data["cost"] is not None else ""
        )


PARTS = ("title", "what", "why", "for_whom")


def initial_of(idea: Idea, seen: str) -> dict[str, Any]:
    """What stands in the form of an idea that is changed."""
    return {
        "title": original_text(idea.item.title), "what": original_text(idea.what), "why": original_text(idea.why),
        "for_whom": original_text(idea.for_whom), "currency": idea.currency,
        "cost": "" if idea.amount is None else f"{idea.amount:f}", "seen": seen,
    }  # fmt: skip
