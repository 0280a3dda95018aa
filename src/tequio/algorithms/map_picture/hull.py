"""The outline of a group: the smallest convex shape around its people, with some air."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CORNERS = 8


def convex_hull(points: Floats) -> Floats:
    """Corners [H, 2] of the convex hull of [P, 2], counter-clockwise from the lowest x (Andrew's monotone chain).

    One point gives itself, points on a line give its two ends. Raises ValueError for no points.
    """
    if not len(points):
        raise ValueError("a hull needs at least one point")
    ordered = np.unique(np.asarray(points, float), axis=0)
    if len(ordered) <= 2:
        return ordered
    corners = _chain(ordered.tolist())[:-1] + _chain(ordered[::-1].tolist())[:-1]
    return np.array(corners)


def _chain(ordered: list[list[float]]) -> list[list[float]]:
    """One side of the hull, along points in lexicographic order."""
    side: list[list[float]] = []
    for point in ordered:
        while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
            side.pop()
        side.append(point)
    return side


def _turn(a: list[float], b: list[float], c: list[float]) -> float:
    """Positive when a, b, c turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def rounded_hull(points: Floats, air: float) -> Floats:
    """The hull of [P, 2] with an octagon of radius `air` around every corner; also for one point or a line."""
    angles = np.arange(CORNERS) * (2 * np.pi / CORNERS)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * air
    corners = convex_hull(points)
    return convex_hull((corners[:, None, :] + circle[None, :, :]).reshape(-1, 2))
