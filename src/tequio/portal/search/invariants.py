"""What `tequio verify` asks of the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from .models import GapAsker, GapSalt, week_of


def nobody_stays_among_the_askers() -> Iterator[str]:
    """Two days after its week is over, nothing tells askers apart any more."""
    week = week_of((timezone.now() - timedelta(days=2)).date())
    for model in (GapSalt, GapAsker):
        number = model.objects.filter(week__lt=week).count()
        if number:
            yield f"{number} rows of {model.__name__} are older than their week: the nightly job does not run"
