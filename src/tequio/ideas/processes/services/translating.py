"""The words of a process and of its steps, in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.errors import Refused
from tequio.base.translatable import Text, Translatable, Typed
from tequio.catalogue.permissions import seen_by
from tequio.catalogue.services.translating import translate_row, translate_thing
from tequio.people.models import Person

from ..models import Phase, Process
from ..permissions import can_translate, visible_to
from .locking import lock
from .looking import look_at_change, said_in_process

TEXTS = (
    Text("title", gettext_lazy("Title"), "item__title", 250),
    Text("summary", gettext_lazy("Summary"), "item__summary", 600),
    Text("background", gettext_lazy("Background"), "background", 10_000),
)
STEP_TEXTS = (Text("title", gettext_lazy("Name of the step"), "title", 160),)


@transaction.atomic
def translate_process(process: Process, typed: Mapping[str, Typed], *, by: Person) -> Process:
    """Save translations of "title", "summary" and "background"; what is not in `typed` stays."""
    _may_translate(process, by)
    row: Process = translate_thing(process, TEXTS, typed, bodies=["background"], by=by)
    return row


@transaction.atomic
def translate_step(phase: Phase, typed: Mapping[str, Typed], *, by: Person) -> Phase:
    """The same for the name of a step ("title")."""
    _may_translate(phase.process, by)
    process = lock(phase.process_id)
    before = said_in_process(process)
    row: Phase = translate_row(phase, STEP_TEXTS, typed, act="process.translate_step", by=by)
    look_at_change(process, before, said_in_process(process), by=by)
    return row


def _may_translate(process: Process, by: Person) -> None:
    if not can_translate(by, process):
        raise Refused(_("Only translators of this place can translate here."))


def _found(person: Person | None) -> QuerySet[Process]:
    return visible_to(person).select_related("item__territory", "item__author")


def _shown(person: Person | None) -> QuerySet[Process]:
    return visible_to(person).filter(item__state="published", item__hidden_by="")


def _steps(person: Person | None) -> QuerySet[Phase]:
    return Phase.objects.filter(seen_by(person, "process__item__")).select_related(
        "process__item__territory", "process__item__author"
    )


def _shown_steps(person: Person | None) -> QuerySet[Phase]:
    shown = {"process__item__state": "published", "process__item__hidden_by": ""}
    return Phase.objects.filter(seen_by(person, "process__item__"), **shown)


PROCESS = Translatable(
    kind="process", word=gettext_lazy("Process"), texts=TEXTS, found=_found, shown=_shown,
    may=can_translate, save=translate_process,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}",
    authors_of=lambda row: [row.item.author] if row.item.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
)  # fmt: skip
STEP = Translatable(
    kind="step", word=gettext_lazy("Step of a process"), texts=STEP_TEXTS, found=_steps, shown=_shown_steps,
    may=lambda person, row: can_translate(person, row.process), save=translate_step,
    path_of=lambda row: row.process.item.path, source_of=lambda row: f"catalogue.item:{row.process_id}",
    authors_of=lambda row: [row.process.item.author] if row.process.item.author else [],
    item_of=lambda row: row.process.item,
    languages_of=lambda row: [*row.process.item.languages, *row.process.item.territory.languages],
    place="process__item__territory", author="process__item__author", moment="process__item__published_at",
)  # fmt: skip
