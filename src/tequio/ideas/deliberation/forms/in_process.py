"""How the form of a conversation begins inside a process."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from tequio.base.moments import zone
from tequio.ideas.processes.models import Phase, Process


def initial_in(process: Process, phase: Phase | None) -> dict[str, Any]:
    """The dates of the step, and who may take part as in the whole process."""
    initial: dict[str, Any] = {
        "languages": process.item.languages, "who_may": process.who_may, "zone": process.zone,
        "answer_due": process.answer_due, "behalf": process.item.organisation_id or "",
    }  # fmt: skip
    if phase is not None:
        begins = phase.opens_at if phase.opens_at and phase.opens_at > timezone.now() else None
        initial |= _clock("opens", begins, process.zone) | _clock("closes", phase.closes_at, process.zone)
    return initial


def _clock(name: str, moment: datetime | None, zone_name: str) -> dict[str, Any]:
    local = moment.astimezone(zone(zone_name)) if moment else None
    return {f"{name}_day": local and local.date(), f"{name}_time": local and local.time()}
