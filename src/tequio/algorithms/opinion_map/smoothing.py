"""The number of groups does not jump: it changes only after several runs that agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SmoothedCount:
    """What one run hands on to the next.

    shown      number of groups shown
    candidate  the best number of the last run
    runs       in how many runs without a break it was the best
    """

    shown: int
    candidate: int
    runs: int


def smooth(best: int, earlier: SmoothedCount | None, needed: int) -> SmoothedCount:
    """The first run accepts at once; later ones switch after `needed` consecutive runs with the same best."""
    if earlier is None:
        return SmoothedCount(best, best, 1)
    runs = earlier.runs + 1 if best == earlier.candidate else 1
    return SmoothedCount(best if runs >= needed else earlier.shown, best, runs)


def match_groups(
    groups: Sequence[NDArray[np.int64]], earlier: Sequence[NDArray[np.int64]]
) -> list[int | None]:
    """For each group the index of the earlier one it grew out of, by most shared members; None for a new one.

    Each earlier group is given away once, the greatest overlap first; at a tie the lower indices.
    """
    shared = [
        (-len(np.intersect1d(now, then)), here, there)
        for here, now in enumerate(groups)
        for there, then in enumerate(earlier)
    ]
    found: list[int | None] = [None] * len(groups)
    for overlap, here, there in sorted(shared):
        if overlap and found[here] is None and there not in found:
            found[here] = there
    return found
