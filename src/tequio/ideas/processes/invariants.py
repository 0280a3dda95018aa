"""What `tequio verify` asks of processes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from tequio.territories.models import TerritoryPath

from .models import Phase, Process


def phases_follow_one_another() -> Iterator[str]:
    """Positions run from 0 without a gap."""
    for process in Process.objects.prefetch_related("phases"):
        positions = sorted(phase.position for phase in process.phases.all())
        if positions != list(range(len(positions))):
            yield f"process {process.pk} has phases at {positions}"


def phases_end_after_they_begin() -> Iterator[str]:
    for pk in Phase.objects.filter(opens_at__gte=F("closes_at")).values_list("pk", flat=True):
        yield f"phase {pk} ends before it begins"


def parts_lie_in_the_place_of_the_process() -> Iterator[str]:
    for phase in Phase.objects.exclude(part=None).select_related("part", "process__item"):
        above, below = phase.process.item.territory_id, phase.part.territory_id  # type: ignore[union-attr]
        if not TerritoryPath.objects.filter(above=above, below=below).exists():
            yield f"phase {phase.pk} of process {phase.process_id} has a part in another place"
