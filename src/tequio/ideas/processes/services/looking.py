"""The look at the words of a process that members open together: when its signing begins, and when they change."""

from __future__ import annotations

from tequio.algorithms.risk import Filling
from tequio.catalogue.services.screening import Said, said_in, screen_change
from tequio.catalogue.services.translating import is_looked_at
from tequio.people.models import Person

from ..models import Process
from .plans import Plan


def said_by(plan: Plan, *, reason: str = "") -> Said:
    """All that is planned to be said, the names of the steps included; `reason` stands beside other dates."""
    names = (phase.title for phase in plan.phases)
    return said_in(plan.title, plan.summary, plan.background, *names, beside=(reason,))


def said_in_process(process: Process) -> Said:
    """The same of one that stands."""
    names = process.phases.order_by("position").values_list("title", flat=True)
    return said_in(process.item.title, process.item.summary, process.background, *names)


def look_at_change(
    process: Process, before: Said, after: Said, *, filling: Filling | None = None, by: Person
) -> bool:
    """True where it waits now. What facilitators opened was never looked at, nor are their changes and translators'."""
    if not is_looked_at(process.item, by):
        return False
    return screen_change(process.item, before, after, filling=filling, by=by)
