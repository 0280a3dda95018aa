"""Recording an act, inside the transaction that does it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils import timezone

from tequio.base.actor import SYSTEM, Actor

from .models import Record


def record(act: str, thing: Model, *, by: Actor | None, **data: Any) -> Record:
    """Add one row; `data` may hold identifiers, numbers and digests, never a person's name or words."""
    row = Record(
        at=timezone.now(),
        actor=(by or SYSTEM).audit_id,
        act=act,
        object=f"{thing._meta.label_lower}:{thing.pk}",
        data=data,
    )
    row.digest = row.content_digest()
    row.save(force_insert=True)
    return row
