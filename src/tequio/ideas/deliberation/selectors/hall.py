"""What a hall sees on its wall: the code to scan, how many take part, what is shared so far."""

from __future__ import annotations

from dataclasses import dataclass

import segno

from ..models import Conversation
from ..types import Said
from .results import results_page

SHOWN = 3
QUIET = 4


@dataclass(frozen=True)
class HallCount:
    people: int
    answers: int
    said: list[Said]
    is_shared: bool


@dataclass(frozen=True)
class Code:
    """A QR code as path data on a square field of `size` units, its quiet zone included."""

    size: int
    path: str


def hall_count(conversation: Conversation) -> HallCount:
    page = results_page(conversation, None)
    return HallCount(page.people, page.answers, (page.shared or page.majority)[:SHOWN], bool(page.shared))


def code_of(address: str) -> Code:
    """The code of an address, as runs of dark squares."""
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix, start=QUIET):
        x = 0
        while x < len(row):
            begin = x
            while x < len(row) and row[x] == row[begin]:
                x += 1
            if row[begin]:
                runs.append(f"M{begin + QUIET} {y}h{x - begin}v1H{begin + QUIET}z")
    return Code(len(matrix) + 2 * QUIET, "".join(runs))
