"""The steps of a process as a strip of time: one bar each, and where today is. Positions, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Phase

# A field 360 wide, as all pictures are; rows of 20 under one another.
WIDTH, ROW, BAR, LEAST = 360, 20, 12, 6
MARGIN = 24


@dataclass(frozen=True)
class Bar:
    """One step: its number, where it lies, how it stands ("done", "now", "next")."""

    number: int
    x: int
    y: int
    width: int
    step: str

    @property
    def middle(self) -> int:
        return self.y + BAR // 2 + 4


@dataclass(frozen=True)
class Timeline:
    bars: list[Bar]
    height: int
    today: int | None

    @property
    def foot(self) -> int:
        """Where the line of today ends."""
        return self.height - 4


def timeline_of(phases: Sequence[Phase]) -> Timeline | None:
    """None where fewer than two moments are known: there is no time to draw."""
    moments = [
        moment for phase in phases for moment in (phase.opens_at, phase.closes_at) if moment is not None
    ]
    if len(moments) < 2 or min(moments) == max(moments):
        return None
    first, last = min(moments), max(moments)
    now = timezone.now()
    bars = []
    for number, phase in enumerate(phases):
        left = _place(phase.opens_at or first, first, last)
        right = _place(phase.closes_at or last, first, last)
        width = max(LEAST, right - left)
        bars.append(Bar(number + 1, min(left, WIDTH - width), 4 + number * ROW, width, phase.step))
    today = _place(now, first, last) if first <= now <= last else None
    return Timeline(bars, 8 + len(phases) * ROW, today)


def _place(moment: datetime, first: datetime, last: datetime) -> int:
    share: float = (moment - first) / max(last - first, timedelta(seconds=1))
    return MARGIN + round(share * (WIDTH - MARGIN))
