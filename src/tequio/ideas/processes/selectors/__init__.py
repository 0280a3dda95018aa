"""Phases of processes: in order, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.base.multilingual import Reading
from tequio.catalogue.models import Item

from ..models import Phase


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


@dataclass(frozen=True)
class Standing:
    """Where a process stands: step `number` of `total`, and its words where one is under way."""

    number: int
    total: int
    words: Reading | None


def standings(processes: Iterable[int]) -> dict[int, Standing]:
    """Where each process stands, by id, in one query."""
    phases: dict[int, list[Phase]] = {}
    for phase in Phase.objects.filter(process__in=list(processes)).order_by("process", "position"):
        phases.setdefault(phase.process_id, []).append(phase)
    found = {}
    for pk, own in phases.items():
        number, now = step_of(own)
        found[pk] = Standing(number, len(own), now.words if now else None)
    return found
