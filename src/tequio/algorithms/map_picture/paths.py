"""Shapes as SVG path data, in whole units: short, so that a page with a map stays light."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# One sign per group, so that groups differ without colour: dot, triangle, square, cross, ring.
SIGNS = (
    "M{x} {y}h0",
    "M{left} {low}h6l-3-5z",
    "M{left2} {top2}h4v4h-4z",
    "M{left} {y}h6m-3-3v6",
    "M{left2} {y}a2 2 0 104 0a2 2 0 10-4 0",
)


def mark_path(points: Floats, sign: int) -> str:
    """One path for all marks [n, 2] of the group with that sign."""
    template = SIGNS[sign % len(SIGNS)]
    return "".join(
        template.format(x=x, y=y, left=x - 3, low=y + 2, left2=x - 2, top2=y - 2) for x, y in _whole(points)
    )


def dash_path(points: Floats) -> str:
    """Short dashes, for those who are not placed."""
    return "".join(f"M{x - 2} {y}h4" for x, y in _whole(points))


def smooth_path(corners: Floats) -> str:
    """A closed curve inside the polygon [H, 2]: through the middles of its sides, bent at its corners."""
    whole = list(dict.fromkeys(_whole(corners)))
    middles = [
        ((x + ahead_x) / 2, (y + ahead_y) / 2)
        for (x, y), (ahead_x, ahead_y) in zip(whole, [*whole[1:], whole[0]], strict=True)
    ]
    start = _pair(*middles[-1])
    bends = (f"Q{_pair(*corner)} {_pair(*middle)}" for corner, middle in zip(whole, middles, strict=True))
    return f"M{start}{''.join(bends)}z"


def _whole(points: Floats) -> Iterable[tuple[int, int]]:
    return [(round(x), round(y)) for x, y in np.asarray(points, float).reshape(-1, 2).tolist()]


def _pair(x: float, y: float) -> str:
    return f"{x:g} {y:g}"
