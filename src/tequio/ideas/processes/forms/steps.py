"""The steps of a process as numbered fields of its form: without scripts one more is one more redraw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.forms import ClockField, DayField, LineField
from tequio.base.moments import zone
from tequio.base.multilingual import Field, add_translation, original_text, read, revise, write_original
from tequio.catalogue.enums import WhoMay

from ..enums import FEATURES, Act
from ..models import Phase
from ..services.plans import PhasePlan
from .dates import typed_moment

MOST_STEPS = 12
LONGEST_STEP = 160


@dataclass(frozen=True)
class StepFields:
    """One step as the template draws it; `number` counts from 1."""

    number: int
    pk: forms.BoundField
    title: forms.BoundField
    opens_day: forms.BoundField
    opens_time: forms.BoundField
    closes_day: forms.BoundField
    closes_time: forms.BoundField
    features: forms.BoundField
    writers: forms.BoundField
    others: forms.BoundField


PARTS = tuple(name for name in StepFields.__dataclass_fields__ if name != "number")


def add_step(form: forms.Form, number: int) -> None:
    """The fields of the step at `number`, counted from 0."""
    groups = [("", _("Whoever may take part in the process")), *WhoMay.choices]
    boxes = [(f"{act.value}:{kind}", str(words)) for (act, kind), words in FEATURES.items()]
    fields: dict[str, forms.Field] = {
        "pk": forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput),
        "title": LineField(label=_("Name of the step"), max_length=LONGEST_STEP),
        "opens_day": DayField(label=_("Begins on"), required=False),
        "opens_time": ClockField(label=_("at"), required=False),
        "closes_day": DayField(label=_("Ends on"), required=False),
        "closes_time": ClockField(label=_("at"), required=False),
        "features": forms.MultipleChoiceField(
            label=_("What is open in this step"), choices=boxes, required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "writers": forms.ChoiceField(label=_("Who may write in this step"), choices=groups, required=False),
        "others": forms.ChoiceField(label=_("Who may comment and support"), choices=groups, required=False),
    }  # fmt: skip
    for name, field in fields.items():
        form.fields[f"step_{number}_{name}"] = field


def drawn_steps(form: forms.Form, count: int) -> list[StepFields]:
    return [
        StepFields(number + 1, *(form[f"step_{number}_{name}"] for name in PARTS)) for number in range(count)
    ]


def check_steps(form: forms.Form, count: int, zone_name: str, old: Mapping[int, Phase]) -> None:
    """Read the moments of every step, each error at its field; `old` are the phases by id as they stand."""
    data = form.cleaned_data
    for number in range(count):
        name = f"step_{number}"
        phase = old.get(data.get(f"{name}_pk") or 0)
        opens = typed_moment(form, f"{name}_opens", zone_name, phase.opens_at if phase else None)
        closes = typed_moment(form, f"{name}_closes", zone_name, phase.closes_at if phase else None)
        data[f"{name}_opens"], data[f"{name}_closes"] = opens, closes
        if opens and closes and opens >= closes:
            form.add_error(f"{name}_closes_day", _("It has to end after it begins."))


def check_not_past(form: forms.Form, count: int, old: Mapping[int, Phase]) -> None:
    """What is published does not end in the past, unless it did so already."""
    for number in range(count):
        closes: datetime | None = form.cleaned_data.get(f"step_{number}_closes")
        phase = old.get(form.cleaned_data.get(f"step_{number}_pk") or 0)
        is_old = phase is not None and phase.closes_at == closes
        if closes is not None and closes <= timezone.now() and not is_old:
            form.add_error(f"step_{number}_closes_day", _("This moment has passed. Choose a later one."))


def planned_steps(
    data: Mapping[str, Any], count: int, *, old: Mapping[int, Phase], ready: Sequence[Field], by: str
) -> list[PhasePlan]:
    """The steps as typed. `ready` are titles that are translated already: those of a blueprint."""
    plans = []
    for number in range(count):
        name = f"step_{number}"
        phase = old.get(data.get(f"{name}_pk") or 0)
        before = phase.title if phase else {}
        title = _title(data[f"{name}_title"], data["language"], before, ready, by)
        plans.append(
            PhasePlan(
                title, data[f"{name}_opens"], data[f"{name}_closes"],
                features=_features(data, name), pk=phase.pk if phase else None,
            )
        )  # fmt: skip
    return plans


def _title(text: str, language: str, before: Field, ready: Sequence[Field], by: str) -> Field:
    """Words the platform has in several languages keep them; what somebody changed is an original of hers."""
    if before and original_text(before) == text:
        return before
    found = next((field for field in ready if read(field, language).text == text and language in field), None)
    if found is None:
        return revise(before, language, text, {}, by=by)
    said = write_original(text, language)
    for tag in found:
        said = said if tag == language else add_translation(said, tag, found[tag]["text"])
    return said


def _features(data: Mapping[str, Any], name: str) -> tuple[tuple[str, str, str], ...]:
    """(act, kind, for whom): writing has its own group, official answers none."""
    found = []
    for value in data[f"{name}_features"]:
        act, _colon, kind = value.partition(":")
        groups = {Act.CREATE: data[f"{name}_writers"], Act.ANSWER: ""}
        found.append((act, kind, groups.get(Act(act), data[f"{name}_others"])))
    return tuple(found)


def initial_of_steps(phases: Sequence[Phase], zone_name: str) -> dict[str, Any]:
    """The steps as they would have been typed; `phases` with their features at hand."""
    initial: dict[str, Any] = {}
    there = zone(zone_name)
    for number, phase in enumerate(phases):
        rows = list(phase.features.all())
        values = {
            "pk": phase.pk,
            "title": original_text(phase.title),
            **_clock("opens", phase.opens_at, there),
            **_clock("closes", phase.closes_at, there),
            "features": [f"{row.act}:{row.kind}" for row in rows],
            "writers": next((row.who_may for row in rows if row.act == Act.CREATE), ""),
            "others": next((row.who_may for row in rows if row.act in (Act.SUPPORT, Act.COMMENT)), ""),
        }
        initial |= {f"step_{number}_{name}": value for name, value in values.items()}
    return initial


def _clock(name: str, moment: datetime | None, there: tzinfo) -> dict[str, Any]:
    local = moment.astimezone(there) if moment else None
    return {f"{name}_day": local and local.date(), f"{name}_time": local and local.time()}
