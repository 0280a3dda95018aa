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


@dataclass(frozen=True)
class Pointer:
    """A line from a point to a word: its end, the word's base line there, and at which side the word is held."""

    end_x: float
    end_y: float
    word_x: float
    word_y: float
    anchor: str


def choose_pointer(
    x: float, y: float, letters: int, frame: Box, *, taken: Sequence[Box] = (), reach: float = 30.0
) -> Pointer:
    """A short slanted line from (x, y) to a free spot for a word of so many letters."""
    best, least = Pointer(x, y, x, y, "middle"), float("inf")
    for dx, dy in ((-1, 1), (1, 1), (-1, -1), (1, -1)):
        end_x, end_y = x + dx * reach * 0.8, y + dy * reach * 0.7
        word_y = end_y + (LETTER_HEIGHT * 0.5 if dy > 0 else 2.0)
        box = Box.of_text(end_x + dx * (letters * LETTER_WIDTH / 2 + 2), word_y, letters)
        cost = box.beyond(frame) * OUTSIDE + sum(box.overlap(other) for other in taken)
        if cost < least:
            least = cost
            best = Pointer(end_x, end_y, end_x + dx * 3, word_y, "end" if dx < 0 else "start")
    return best


def _at_extreme(hull: Floats, height: float) -> float:
    """The middle of the corners at that height, so that a label stands over the top and not over the middle."""
    return float(hull[np.abs(hull[:, 1] - height) < 2.0, 0].mean())


def _points_in(box: Box, points: Floats) -> int:
    inside = (points[:, 0] > box.left - 2) & (points[:, 0] < box.right + 2)
    return int((inside & (points[:, 1] > box.top - 2) & (points[:, 1] < box.bottom + 2)).sum())
