"""What is told of a result: itself, a step, money, a document, and what those say who asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import DayField, LanguageField, LineField, PlainForm, WordsField, titled
from tequio.base.languages import current
from tequio.base.money import coins_of, currencies, minor_digits, units_of
from tequio.base.multilingual import Field, original_language, original_text, revise, write_original
from tequio.base.text import clean_line
from tequio.organisations.models import Organisation

from ..enums import MilestoneState, Verdict
from ..models import Milestone, Result
from ..services.judging import LONGEST
from ..services.results import MOST_STEPS, Plan, Step

LARGEST = Decimal(10) ** 12
STEP = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})\s*[:,]?\s+(.+)$")
LONGEST_STEP = 160


class AmountField(forms.CharField):
    """Money in whole units of a currency, as 1200 or 1200.50; with a minus where corrections are written."""

    def __init__(self, *, takes_minus: bool = False, **kwargs: Any):
        self.takes_minus = takes_minus
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0\u202f]", "", super().clean(value) or "").replace("\u2212", "-")
        if not text:
            return None
        shape = r"-?\d+([.,]\d{1,3})?" if self.takes_minus else r"\d+([.,]\d{1,3})?"
        try:
            amount = Decimal(text.replace(",", ".")) if re.fullmatch(shape, text, re.ASCII) else None
        except InvalidOperation:
            amount = None
        if amount is None or abs(amount) > LARGEST:
            raise forms.ValidationError(_("Write an amount like 1200 or 1200.50."))
        return amount


class SpokenForm(PlainForm):
    """Words in one language; translators add the others."""

    language = LanguageField(label=gettext_lazy("Language you write in"))

    def __init__(self, *args: Any, tongues: Iterable[str] = (), **kwargs: Any):
        known = list(dict.fromkeys(tongues))
        first = current() if current() in known or not known else known[0]
        kwargs["initial"] = {"language": first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.offer_languages(known)

    def text(self, name: str, before: Field, *, by: str) -> Field:
        """What was typed into `name`; translations that were there stay, as stale ones."""
        return revise(before, self.cleaned_data["language"], self.cleaned_data[name], {}, by=by)


class ResultForm(SpokenForm):
    """A new result, with its first steps; or one that is changed, and why."""

    title = LineField(label=gettext_lazy("Title"), max_length=200)
    summary = LineField(
        label=gettext_lazy("In one sentence"), required=False, max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    body = WordsField(
        label=gettext_lazy("What will be there, where, and for whom"),
        required=False,
        max_length=10_000,
        rows=6,
    )
    planned = AmountField(label=gettext_lazy("Money planned"), required=False)
    currency = LineField(
        label=gettext_lazy("Currency"), required=False, max_length=3,
        help_text=gettext_lazy("Three letters, as EUR or XOF."),
        widget=forms.TextInput(attrs={"size": 5, "spellcheck": "false"}),
    )  # fmt: skip
    behalf = forms.ChoiceField(label=gettext_lazy("Who makes it"), required=False)
    steps = forms.CharField(
        label=gettext_lazy("Steps"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One a line, with its day in front: 2026-11-30 First mast. The day may be missing."),
    )  # fmt: skip
    why = LineField(label=gettext_lazy("Why you change it"), required=False, max_length=200)

    def __init__(
        self,
        *args: Any,
        organisations: Sequence[Organisation] = (),
        result: Result | None = None,
        **kwargs: Any,
    ):
        self.result = result
        if result is not None:
            kwargs["initial"] = initial_result(result)
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in organisations}
        self.offer("behalf", [("", _("The place itself")), *titled(self.organisations)])
        del self.fields["why" if result is None else "steps"]
        if not organisations:
            del self.fields["behalf"]

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if code and code not in currencies():
            raise forms.ValidationError(_("Write the three letters of a currency, as EUR or XOF."))
        return code

    def clean_steps(self) -> list[tuple[str, date | None]]:
        found: list[tuple[str, date | None]] = []
        for number, raw in enumerate(str(self.cleaned_data["steps"] or "").splitlines(), 1):
            line = clean_line(raw)
            if not line:
                continue
            match = STEP.match(line)
            try:
                day = date(int(match[1]), int(match[2]), int(match[3])) if match else None
            except ValueError:
                raise forms.ValidationError(
                    _("Line %(line)d begins with a day that is none.") % {"line": number}
                ) from None
            title = match[4] if match else line
            if len(title) > LONGEST_STEP:
                raise forms.ValidationError(
                    _("Line %(line)d is longer than 160 characters.") % {"line": number}
                )
            found.append((title, day))
        if len(found) > MOST_STEPS:
            raise forms.ValidationError(_("A result has at most 50 steps."))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        amount, currency = data.get("planned"), data.get("currency", "")
        if amount is not None and not currency and "currency" not in self.errors:
            self.add_error("currency", _("Money needs its currency."))
        if amount is not None and currency and amount != round(amount, minor_digits(currency)):
            self.add_error("planned", _("This currency has no smaller coins than that. Leave the rest out."))
        return data

    def plan(self, *, by: str) -> Plan:
        data, old = self.cleaned_data, self.result
        amount = data["planned"]
        organisation = self.organisations.get(data.get("behalf", ""))
        if old is not None and "behalf" not in self.fields:
            organisation = old.organisation
        return Plan(
            title=self.text("title", old.item.title if old else {}, by=by),
            summary=self.text("summary", old.item.summary if old else {}, by=by),
            body=self.text("body", old.body if old else {}, by=by),
            planned=None if amount is None else coins_of(amount, data["currency"]),
            currency=data["currency"],
            organisation=organisation,
        )

    def first_steps(self, *, by: str) -> list[Step]:
        language = self.cleaned_data["language"]
        return [Step(write_original(title, language, by), day) for title, day in self.cleaned_data["steps"]]


def initial_result(result: Result) -> dict[str, Any]:
    return {
        "language": original_language(result.item.title), "title": original_text(result.item.title),
        "summary": original_text(result.item.summary), "body": original_text(result.body),
        "planned": "" if result.planned is None else str(units_of(result.planned, result.currency)),
        "currency": result.currency, "behalf": str(result.organisation_id or ""),
    }  # fmt: skip


class StepForm(SpokenForm):
    """One more step."""

    title = LineField(label=gettext_lazy("Name of the step"), max_length=LONGEST_STEP)
    due = DayField(label=gettext_lazy("Until"), required=False)

    def step(self, *, by: str) -> Step:
        return Step(self.text("title", {}, by=by), self.cleaned_data["due"])


class ChangeStepForm(SpokenForm):
    """Where a step stands. Another day needs its reason."""

    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"), choices=MilestoneState.choices, widget=forms.RadioSelect
    )
    due = DayField(label=gettext_lazy("Until"), required=False)
    delay = WordsField(
        label=gettext_lazy("Why its day changed"), required=False, max_length=600, rows=3,
        help_text=gettext_lazy("Needed when you move the day or give the step up. Everybody reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any):
        self.milestone = milestone
        kwargs["initial"] = {
            "state": milestone.state, "due": milestone.due, "delay": original_text(milestone.delay),
            **({"language": original_language(milestone.delay)} if milestone.delay else {}),
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def reason(self, *, by: str) -> Field:
        return self.text("delay", self.milestone.delay, by=by)


class SpendingForm(SpokenForm):
    """One line of money."""

    on = DayField(label=gettext_lazy("Day"))
    amount = AmountField(
        label=gettext_lazy("Amount"), takes_minus=True,
        help_text=gettext_lazy("A line that was wrong is put right by one with a minus."),
    )  # fmt: skip
    what = LineField(label=gettext_lazy("What for"), max_length=200)

    def __init__(self, *args: Any, currency: str, **kwargs: Any):
        self.currency = currency
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Amount in %(currency)s") % {"currency": currency}

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.now().date():
            raise forms.ValidationError(_("Money is written down once it is spent. Choose an earlier day."))
        return day

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Write an amount like 1200 or 1200.50."))
        if amount != round(amount, minor_digits(self.currency)):
            raise forms.ValidationError(
                _("This currency has no smaller coins than that. Leave the rest out.")
            )
        return amount

    @property
    def coins(self) -> int:
        return coins_of(self.cleaned_data["amount"], self.currency)


class PaperForm(SpokenForm):
    """A document and what it is."""

    file = forms.FileField(
        label=gettext_lazy("Document"), max_length=300,
        help_text=gettext_lazy("PDF, CSV, plain text or an office document."),
    )  # fmt: skip
    name = LineField(
        label=gettext_lazy("What it is"), max_length=160, help_text=gettext_lazy("As: cost sheet, minutes.")
    )


class JudgeForm(PlainForm):
    """Was this what you asked for?"""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Is this what you asked for?"), choices=Verdict.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )  # fmt: skip
    words = WordsField(
        label=gettext_lazy("What is missing, or what is good"), required=False, max_length=LONGEST, rows=3,
        help_text=gettext_lazy("Those who look after it read this, without your name. It is not shown here."),
    )  # fmt: skip
