"""What an organiser decides before a process begins, as one form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import DayField, LineField, WordsField, titled, translations_in
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.moments import zone
from tequio.base.multilingual import Field, original_language, original_text
from tequio.catalogue.forms import OpeningForm
from tequio.organisations.models import Organisation
from tequio.people.enums import Method

from ..enums import Blueprint
from ..models import Phase, Process
from ..selectors.organising import addressee_of
from ..services.changing import LONGEST_REASON
from ..services.plans import Plan
from .steps import (
    MOST_STEPS,
    StepFields,
    add_step,
    check_not_past,
    check_steps,
    drawn_steps,
    initial_of_steps,
    planned_steps,
)

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BACKGROUND = 250, 600, 10_000
OLDEST = 120


class ProcessForm(OpeningForm):
    """A new process, or one that is changed: then `process` is given and the place stays."""

    field_order = (
        "language", "title", "summary", "background", "territory", "behalf", "languages", "who_may",
    )  # fmt: skip
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("What it is about, in one line."),
    )
    summary = LineField(
        label=gettext_lazy("Summary"),
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What people can decide or change here, in two sentences."),
    )
    background = WordsField(
        label=gettext_lazy("Background"),
        required=False,
        max_length=LONGEST_BACKGROUND,
        rows=6,
        help_text=gettext_lazy(
            "Money, laws, what is fixed already. CommonMark works: **bold**, lists, links."
        ),
    )
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("How residents must be verified"), choices=Method.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only where it is for residents. None chosen means that every way counts."),
    )  # fmt: skip
    least_age = forms.IntegerField(
        label=gettext_lazy("Youngest age"), required=False, min_value=1, max_value=OLDEST
    )
    most_age = forms.IntegerField(
        label=gettext_lazy("Oldest age"), required=False, min_value=1, max_value=OLDEST
    )
    answers = forms.ChoiceField(label=gettext_lazy("Who answers"), required=False)
    answer_due = DayField(label=gettext_lazy("Answer promised by"), required=False)
    reason = LineField(
        label=gettext_lazy("Why the dates change"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Only where you change dates or steps. Everybody reads it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    steps = forms.IntegerField(min_value=1, max_value=MOST_STEPS, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        answering: Sequence[Organisation] = (),
        process: Process | None = None,
        ready: Sequence[Field] = (),
        blueprint: str = Blueprint.OWN,
        **kwargs: Any,
    ):
        super().__init__(*args, item=process.item if process else None, **kwargs)
        self.answering = {str(row.pk): row for row in answering}
        self.process, self.ready, self.blueprint = process, ready, blueprint
        self.old: dict[int, Phase] = {phase.pk: phase for phase in process.phases.all()} if process else {}
        self.count = self._count()
        for number in range(self.count):
            add_step(self, number)
        self.fields["languages"].label = _("Languages of the process")
        self.offer("answers", [("", _("The place itself, through its stewards")), *titled(self.answering)])
        self._add_translations()
        if process is None:
            del self.fields["reason"]

    def _count(self) -> int:
        said = self.data.get("steps", "") if self.is_bound else self.initial.get("steps", 1)
        number = int(said) if str(said).isdecimal() and len(str(said)) < 4 else 1
        return min(max(number, 1), MOST_STEPS)

    def _add_translations(self) -> None:
        for tag in INTERFACE:
            name = {"language": name_of(tag, current())}
            area = forms.Textarea(attrs={"lang": tag, "rows": 3})
            self.fields[f"title_{tag}"] = LineField(
                label=_("Title in %(language)s") % name, required=False, max_length=LONGEST_TITLE
            )
            self.fields[f"summary_{tag}"] = LineField(
                label=_("Summary in %(language)s") % name,
                required=False,
                max_length=LONGEST_SUMMARY,
                widget=area,
            )
            self.fields[f"background_{tag}"] = WordsField(
                label=_("Background in %(language)s") % name, required=False, max_length=LONGEST_BACKGROUND,
                widget=forms.Textarea(attrs={"lang": tag, "rows": 4}),
            )  # fmt: skip

    @property
    def translations(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (tag, self[f"title_{tag}"], self[f"summary_{tag}"], self[f"background_{tag}"])
            for tag in INTERFACE
        ]

    @property
    def drawn_steps(self) -> list[StepFields]:
        return drawn_steps(self, self.count)

    @property
    def may_have_more(self) -> bool:
        return self.count < MOST_STEPS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for tag in INTERFACE:
            if tag != data.get("language") and data.get(f"background_{tag}") and not data.get("background"):
                self.add_error(
                    "background", _("Write it in the language of the title before translating it.")
                )
                break
        check_steps(self, self.count, self.zone_of(data), self.old)
        self._check_who(data)
        self._check_answer(data)
        if self.is_for_publishing and not self.errors:
            check_not_past(self, self.count, self.old)
        return data

    def _check_who(self, data: dict[str, Any]) -> None:
        least, most = data.get("least_age"), data.get("most_age")
        if least is not None and most is not None and least > most:
            self.add_error("most_age", _("The oldest age is below the youngest."))
        steps = (f"step_{number}_{who}" for number in range(self.count) for who in ("writers", "others"))
        self.refuse_members_of_nobody(data, "who_may", *steps)

    def _check_answer(self, data: dict[str, Any]) -> None:
        ends = [data.get(f"step_{number}_opens") for number in range(self.count)]
        begins = [moment for moment in ends if moment is not None]
        due = data.get("answer_due")
        if due and begins and due < min(begins).astimezone(zone(self.zone_of(data))).date():
            self.add_error("answer_due", _("The answer comes after the process has begun."))

    def plan(self, *, by: str) -> Plan:
        """What was decided; `by` is the name that stands under words that are new."""
        data, process, item = self.cleaned_data, self.process, self.item
        return Plan(
            title=self.in_all("title", item.title if item else {}, by=by),
            summary=self.in_all("summary", item.summary if item else {}, by=by),
            background=self.in_all("background", process.background if process else {}, by=by),
            phases=planned_steps(data, self.count, old=self.old, ready=self.ready, by=by),
            languages=self.chosen_languages,
            zone=self.zone_of(data),
            blueprint=process.blueprint if process else self.blueprint,
            who_may=data["who_may"],
            methods=data["methods"],
            least_age=data["least_age"],
            most_age=data["most_age"],
            answer_due=data["answer_due"],
            organisation=self.organisation,
            answers=self.answering.get(data.get("answers", "")),
        )


def initial_of(process: Process) -> dict[str, Any]:
    """The form as it would have been filled in for this process; its phases with their features at hand."""
    item, answers = process.item, addressee_of(process)
    fields = {"title": item.title, "summary": item.summary, "background": process.background}
    return {
        "language": original_language(item.title),
        "title": original_text(item.title),
        "summary": original_text(item.summary),
        "background": original_text(process.background),
        "languages": item.languages,
        "who_may": process.who_may,
        "methods": process.methods,
        "least_age": process.least_age,
        "most_age": process.most_age,
        "zone": process.zone,
        "answers": answers.pk if answers else "",
        "answer_due": process.answer_due,
        "steps": max(1, len(process.phases.all())),
        **initial_of_steps(list(process.phases.all()), process.zone),
        **translations_in(fields),
    }


def typed_again(form: ProcessForm, *, add: bool = False, without: int | None = None) -> dict[str, Any]:
    """All that was typed, as the initial values of a form with one step more, or without one (counted from 0)."""
    typed = {
        name: field.widget.value_from_datadict(form.data, form.files, name)
        for name, field in form.fields.items()
    }
    if without is not None and form.count > 1 and 0 <= without < form.count:
        for number in range(without, form.count - 1):
            for name in [key for key in typed if key.startswith(f"step_{number}_")]:
                typed[name] = typed[name.replace(f"step_{number}_", f"step_{number + 1}_", 1)]
        typed["steps"] = form.count - 1
    elif add:
        typed["steps"] = min(form.count + 1, MOST_STEPS)
    return typed
