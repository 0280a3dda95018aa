"""The outline of a group: the smallest convex shape around its people, with some air."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CORNERS = 8
# Above so many points those well inside are dropped before the chain looks at each.
MANY = 500
DIRECTIONS = 32


def convex_hull(points: Floats) -> Floats:
    """Corners [H, 2] of the convex hull of [P, 2], counter-clockwise from the lowest x (Andrew's monotone chain).

    One point gives itself, points on a line give its two ends. Raises ValueError for no points.
    """
    if not len(points):
        raise ValueError("a hull needs at least one point")
    ordered = np.unique(_without_inner(np.asarray(points, float)), axis=0)
    if len(ordered) <= 2:
        return ordered
    corners = _chain(ordered.tolist())[:-1] + _chain(ordered[::-1].tolist())[:-1]
    return np.array(corners)


def _without_inner(points: Floats) -> Floats:
    """The same points without those strictly inside the polygon of the outermost ones in some directions.

    None of these can be a corner (Akl and Toussaint, 1978).
    """
    if len(points) <= MANY:
        return points
    angles = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
    x, y = np.ascontiguousarray(points.T)
    outermost = np.unique([int(np.argmax(x * np.cos(angle) + y * np.sin(angle))) for angle in angles])
    polygon = convex_hull(points[outermost])
    if len(polygon) < 3:
        return points
    inside = np.ones(len(points), dtype=bool)
    for (from_x, from_y), (to_x, to_y) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        inside &= (to_x - from_x) * (y - from_y) - (to_y - from_y) * (x - from_x) > 0
    return points[~inside]


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
