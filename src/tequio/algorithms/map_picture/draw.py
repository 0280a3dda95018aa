"""From positions to a field of 360 by 272 units: one scale, outlines, marks, places for labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tequio.algorithms.map_picture.hull import rounded_hull
from tequio.algorithms.map_picture.labels import Box, choose_label_spot
from tequio.algorithms.map_picture.marks import MOST_MARKS, aggregate_marks, people_per_mark

Floats = NDArray[np.float64]

WIDTH, HEIGHT = 360, 272
MARGIN_X, MARGIN_Y = 24, 28
AIR = 7.0
# Those few who stand furthest out are drawn at the rim, or they would press all others into one spot.
RIM = 0.01


@dataclass(frozen=True)
class Scale:
    """How positions come onto the field: equally far in both directions, y upwards, nobody beyond the margin."""

    centre_x: float
    centre_y: float
    units: float

    def at(self, points: Floats) -> Floats:
        """[P, 2] positions to [P, 2] units of the field."""
        middle = np.array([WIDTH / 2, HEIGHT / 2])
        moved = (np.asarray(points, float) - [self.centre_x, self.centre_y]) * [self.units, -self.units]
        room = middle - [MARGIN_X, MARGIN_Y]
        return middle + np.clip(moved, -room, room)

    @property
    def origin(self) -> tuple[int, int]:
        """Where the two axes cross."""
        x, y = self.at(np.zeros((1, 2)))[0]
        return round(x), round(y)


@dataclass(frozen=True, eq=False)
class GroupShape:
    """One group on the field: the corners of its outline, its marks, the middle of its label's base line."""

    people: int
    edge: Floats
    marks: Floats
    label: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Picture:
    """`each` people make one mark; groups in the order of their numbers; `loose` marks of those not placed."""

    scale: Scale
    each: int
    groups: tuple[GroupShape, ...]
    loose: Floats


def draw(
    positions: ArrayLike, groups: ArrayLike, *, letters: int = 8, most_marks: int = MOST_MARKS
) -> Picture:
    """The picture of positions [P, 2] with groups [P]: 0, 1, 2 … or -1 for those in none.

    `letters` is the length of the longest label. Same input, same picture. Raises ValueError when nobody is in
    a group: then there is nothing to draw.
    """
    points, group = np.asarray(positions, float).reshape(-1, 2), np.asarray(groups)
    if len(points) != len(group):
        raise ValueError(f"{len(points)} positions for {len(group)} people")
    if not (group >= 0).any():
        raise ValueError("nobody is in a group: there is nothing to draw")
    scale = _fit(points[group >= 0])
    placed = scale.at(points)
    each = people_per_mark(len(points), most_marks)
    members = [placed[group == number] for number in range(int(group.max()) + 1)]
    if any(not len(one) for one in members):
        raise ValueError("groups must be numbered without gaps")
    edges = [rounded_hull(one, AIR) for one in members]
    marks = [aggregate_marks(one, each) for one in members]
    labels = _labels(edges, marks, letters)
    shapes = [
        GroupShape(len(one), edge, mark, label)
        for one, edge, mark, label in zip(members, edges, marks, labels, strict=True)
    ]
    return Picture(scale, each, tuple(shapes), aggregate_marks(placed[group < 0], each))


def _fit(points: Floats) -> Scale:
    """The scale at which all but the outermost fill the field."""
    low, high = np.quantile(points, [RIM, 1 - RIM], axis=0)
    extent = np.maximum(high - low, 1e-9)
    room = np.array([WIDTH - 2 * MARGIN_X, HEIGHT - 2 * MARGIN_Y])
    middle = (low + high) / 2
    return Scale(float(middle[0]), float(middle[1]), float((room / extent).min()))


def _labels(edges: list[Floats], marks: list[Floats], letters: int) -> list[tuple[float, float]]:
    """The largest groups choose first."""
    frame = Box(0, 0, WIDTH, HEIGHT)
    taken: list[Box] = []
    found = []
    for number, edge in enumerate(edges):
        others = [mark for index, mark in enumerate(marks) if index != number]
        spot = choose_label_spot(edge, letters, frame, avoid=others, taken=taken)
        taken.append(Box.of_text(*spot, letters))
        found.append(spot)
    return found
