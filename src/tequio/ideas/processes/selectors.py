from __future__ import annotations

from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see
from tequio.people.models import Person

from .models import Phase


def phases_of(process_id: int, *, person: Person | None) -> list[Phase]:
    """The phases in order; a part she may not see is left out, the step itself stays."""
    phases = list(Phase.objects.filter(process=process_id).select_related("part__part_of").order_by("position"))
    for phase in phases:
        if phase.part is not None and not can_see(person, phase.part):
            phase.part = None
    return phases


def step_of(phases: list[Phase]) -> tuple[int, Phase | None]:
    """Which step it stands at, counted from 1, and the phase of today if one is under way."""
    now = next((phase for phase in phases if phase.step == "now"), None)
    if now is not None:
        return phases.index(now) + 1, now
    return sum(phase.step == "done" for phase in phases), None


def steps_around(item: Item) -> list[Phase]:
    """The phases of the process that this item is a part of; empty where it stands alone."""
    return list(
        Phase.objects.filter(process__phases__part=item)
        .select_related("part", "process__item")
        .order_by("position")
    )
