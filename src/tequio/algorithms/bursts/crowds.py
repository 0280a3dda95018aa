"""Bursts: minutes in which far more people arrive than usual."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FEWEST_WINDOWS = 3


def bursts(
    arrivals: NDArray[np.float64], *, seconds: float, times: float, fewest: int
) -> list[NDArray[np.int64]]:
    """Indices into `arrivals` (seconds, in any order) of each burst, the earliest burst first.

    In a burst is who has, in some stretch of `seconds` around her, max(fewest, times × usual) arrivals or more.
    Usual is the median of the fixed stretches in which anybody came; 0 where there are fewer than three.
    """
    if len(arrivals) < fewest:
        return []
    order = np.argsort(arrivals, kind="stable")
    at = arrivals[order] - arrivals[order[0]]
    enough = max(float(fewest), times * _usual(at, seconds))
    # Of the stretch that begins with each arrival: one past its last.
    end = np.searchsorted(at, at + seconds, side="right")
    begins = np.flatnonzero(end - np.arange(len(at)) >= enough)
    found: list[NDArray[np.int64]] = []
    first = last = -1
    for begin in begins.tolist():
        if begin > last:
            if last >= 0:
                found.append(order[first : last + 1])
            first = begin
        last = int(end[begin]) - 1
    if last >= 0:
        found.append(order[first : last + 1])
    return found


def _usual(at: NDArray[np.float64], seconds: float) -> float:
    """The median number of arrivals in a stretch that had any."""
    _stretch, counts = np.unique(np.floor(at / seconds), return_counts=True)
    return float(np.median(counts)) if len(counts) >= FEWEST_WINDOWS else 0.0
