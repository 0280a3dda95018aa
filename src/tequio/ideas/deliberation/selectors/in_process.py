"""The process in which a conversation is opened, and the step whose part it becomes."""

from __future__ import annotations

from tequio.base.text import read_id
from tequio.ideas.processes.models import Phase, Process
from tequio.ideas.processes.permissions import can_organise, visible_to
from tequio.people.models import Person


def process_asked(person: Person | None, number: str) -> Process | None:
    """The published process with this number, if she looks after it."""
    rows = visible_to(person).filter(pk=read_id(number) or 0, item__state="published", item__hidden_by="")
    process = rows.select_related("item__territory").first()
    return process if process is not None and can_organise(person, process) else None


def phase_for(process: Process, number: str) -> Phase | None:
    """The step asked for, else the first that is not over; one that has its part already is none."""
    free = [phase for phase in process.phases.order_by("position") if phase.part_id is None]
    if number:
        return next((phase for phase in free if str(phase.pk) == number), None)
    return next((phase for phase in free if phase.step != "done"), None)
