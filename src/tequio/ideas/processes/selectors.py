from __future__ import annotations

from tequio.catalogue.models import Item

from .models import Phase


def phases_of(process_id: int) -> list[Phase]:
    return list(Phase.objects.filter(process=process_id).select_related("part"))


def steps_around(item: Item) -> list[Phase]:
    """The phases of the process that this item is a part of; empty where it stands alone."""
    return list(
        Phase.objects.filter(process__phases__part=item)
        .select_related("part", "process__item")
        .order_by("position")
    )
