"""Where words go in the picture: near what they name, inside the frame, not on top of one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Size of the letters on a phone, in units of the field; larger screens draw them smaller.
LETTER_WIDTH, LETTER_HEIGHT = 8.6, 15.0
GAP = 4.0
OUTSIDE = 1e6


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_text(cls, x: float, y: float, letters: int) -> Box:
        """Around text whose middle is at x and whose base line is at y."""
        half = letters * LETTER_WIDTH / 2
        return cls(x - half, y - LETTER_HEIGHT * 0.8, x + half, y + LETTER_HEIGHT * 0.2)

    def overlap(self, other: Box) -> float:
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def beyond(self, frame: Box) -> float:
        """How far it sticks out of the frame, in units."""
        return (
            max(0.0, frame.left - self.left)
            + max(0.0, frame.top - self.top)
            + max(0.0, self.right - frame.right)
            + max(0.0, self.bottom - frame.bottom)
        )


def choose_label_spot(
    hull: Floats, letters: int, frame: Box, *, avoid: Sequence[Floats] = (), taken: Sequence[Box] = ()
) -> tuple[float, float]:
    """(x, y) of the middle of the base line of a label for the outline [H, 2].

    Above, below, beside or, when everything else is worse, inside; `avoid` are points of the other groups.
    """
    left, top = hull.min(axis=0)
    right, bottom = hull.max(axis=0)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    half = letters * LETTER_WIDTH / 2 + GAP
    spots = [
        (_at_extreme(hull, top), top - GAP),
        (_at_extreme(hull, bottom), bottom + LETTER_HEIGHT * 0.8 + GAP),
        (right + half, middle_y),
        (left - half, middle_y),
        (left + half, top - GAP),
        (right - half, top - GAP),
        (middle_x, middle_y),
    ]
    inside = len(spots) - 1
    costs = []
    for index, (x, y) in enumerate(spots):
        box = Box.of_text(x, y, letters)
        hidden = sum(_points_in(box, points) for points in avoid)
        covered = sum(box.overlap(other) for other in taken)
        own = 20.0 if index == inside else index * 0.1
        costs.append(box.beyond(frame) * OUTSIDE + covered * 1000 + hidden * 10 + own)
    x, y = spots[int(np.argmin(costs))]
    return round(float(x)), round(float(y))


def choose_pointer(
    x: float, y: float, letters: int, frame: Box, *, taken: Sequence[Box] = (), reach: float = 34.0
) -> tuple[float, float, float, float]:
    """(x, y of the end of a line from a point, x, y of the middle of the word's base line at that end)."""
    best, least = (x, y, x, y), float("inf")
    for dx, dy in ((-1, 1), (1, 1), (-1, -1), (1, -1), (0, 1.4), (0, -1.4)):
        end_x, end_y = x + dx * reach * 0.8, y + dy * reach * 0.7
        word_x = end_x + dx * (letters * LETTER_WIDTH / 2)
        word_y = end_y + (LETTER_HEIGHT * 0.8 if dy > 0 else -GAP / 2)
        box = Box.of_text(word_x, word_y, letters)
        cost = box.beyond(frame) * OUTSIDE + sum(box.overlap(other) for other in taken)
        if cost < least:
            best, least = (end_x, end_y, word_x, word_y), cost
    return best


def _at_extreme(hull: Floats, height: float) -> float:
    """The middle of the corners at that height, so that a label stands over the top and not over the middle."""
    return float(hull[np.abs(hull[:, 1] - height) < 2.0, 0].mean())


def _points_in(box: Box, points: Floats) -> int:
    inside = (points[:, 0] > box.left - 2) & (points[:, 0] < box.right + 2)
    return int((inside & (points[:, 1] > box.top - 2) & (points[:, 1] < box.bottom + 2)).sum())
