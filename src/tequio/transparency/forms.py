"""New numbers for a rule, and the decision on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField
from tequio.base.languages import current
from tequio.base.multilingual import Field, write_original
from tequio.recipes.types import Active

LONGEST_REASON = 1_000


class ProposalForm(PlainForm):
    """One field for every number of the rule, filled with what is in use."""

    do = forms.ChoiceField(choices=[("preview", "preview"), ("propose", "propose")])
    reason = WordsField(
        label=gettext_lazy("Why"), required=False, max_length=LONGEST_REASON, rows=3,
        help_text=gettext_lazy("Everybody reads this beside the version."),
    )  # fmt: skip
    language = LanguageField(label=gettext_lazy("Language you write in"), required=False)

    def __init__(self, *args: Any, in_use: Active, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.in_use = in_use
        declared = in_use.declaration
        for feature in declared.features:
            self._number(
                f"weight_{feature.name}",
                feature.words,
                feature,
                in_use.weights[feature.name],
                feature.meaning,
            )
        for one in declared.parameters:
            self._number(f"number_{one.name}", one.words, one, in_use.parameters[one.name], "", one.is_whole)
        self.offer_languages()

    def _number(
        self, name: str, label: Any, limits: Any, now: float, meaning: Any, is_whole: bool = False
    ) -> None:
        kind = forms.IntegerField if is_whole else forms.FloatField
        says = _("In use: %(now)s. From %(least)s to %(most)s.") % {
            "now": f"{now:g}", "least": f"{limits.least:g}", "most": f"{limits.most:g}",
        }  # fmt: skip
        self.fields[name] = kind(
            label=label, min_value=limits.least, max_value=limits.most, initial=f"{now:g}",
            help_text=f"{meaning} {says}" if meaning else says,
            widget=forms.NumberInput(attrs={"step": 1 if is_whole else "any"}),
        )  # fmt: skip

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("weight_")]

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("number_")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") == "propose" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why these numbers are better."))
        return data

    def typed(self, prefix: str) -> dict[str, float]:
        """{name: number} of the weights ("weight_") or the other numbers ("number_")."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix)
        }

    def why(self, *, by: str) -> Field:
        return write_original(self.cleaned_data["reason"], self.cleaned_data["language"] or current(), by)


class DecideForm(PlainForm):
    """Put a version to use, or take it out of use."""

    do = forms.ChoiceField(choices=[("activate", "activate"), ("end", "end")])
    decided_by = LineField(
        label=gettext_lazy("Who decided it"), required=False, max_length=200,
        help_text=gettext_lazy("A council, an assembly, a vote with its date. Everybody reads this."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") == "activate" and not data.get("decided_by") and "decided_by" not in self.errors:
            self.add_error("decided_by", _("Say who decided it."))
        return data
