"""Few marks for many people: neighbours are drawn as one, where their middle is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_MARKS = 250
BITS = 6


def people_per_mark(people: int, most: int = MOST_MARKS) -> int:
    """The smallest of 1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 200 … for which `most` marks are enough."""
    step = 1
    while True:
        for factor in (1, 2, 3, 4, 5) if step == 1 else (1, 2, 2.5, 5):
            each = int(step * factor)
            if people <= most * each:
                return each
        step *= 10


def aggregate_marks(points: Floats, each: int) -> Floats:
    """[about P / each, 2]: middles of runs of `each` neighbours of [P, 2], along a Hilbert curve.

    The curve keeps neighbours together, so every mark lies among the people it stands for. At least one mark
    for anybody at all.
    """
    if not len(points) or each == 1:
        return np.asarray(points, float).reshape(-1, 2)
    ordered = points[np.argsort(_along_curve(points), kind="stable")]
    runs = np.array_split(ordered, max(1, round(len(points) / each)))
    return np.array([run.mean(axis=0) for run in runs])


def _along_curve(points: Floats) -> NDArray[np.int64]:
    """Place of each point on a Hilbert curve over the points' own square (Warren, Hacker's Delight, 16-3)."""
    low = points.min(axis=0)
    extent = max(float((points.max(axis=0) - low).max()), np.finfo(float).tiny)
    side = 1 << BITS
    cells = np.minimum(((points - low) / extent * side).astype(np.int64), side - 1)
    x, y = cells[:, 0].copy(), cells[:, 1].copy()
    place = np.zeros(len(points), np.int64)
    for bit in reversed(range(BITS)):
        half = np.int64(1) << bit
        right, upper = (x & half) > 0, (y & half) > 0
        place += half * half * ((3 * right) ^ upper)
        flip = ~upper & right
        x = np.where(flip, side - 1 - x, x)
        y = np.where(flip, side - 1 - y, y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
    return place
