"""What changed between two texts, word by word, in bounded time whatever the texts are.

Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), over words, marks and spaces. Where two texts
differ so much that it would take more steps than the budget holds, everything between their common beginning
and end counts as replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

SAME, REMOVED, ADDED = "same", "removed", "added"
# A word, one letter of a script without spaces, one mark, one line end, or a run of spaces.
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\n|[^\S\n]+|[^\w\s]")
STEPS = 400_000


@dataclass
class Budget:
    """Steps that are left, shared by all differences of one page."""

    steps: int = STEPS


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One line of the text with its changes; or `unchanged` lines in a row, without their words."""

    pieces: tuple[Piece, ...] = ()
    unchanged: int = 0


def paragraphs(before: str, after: str, budget: Budget | None = None) -> list[Paragraph]:
    """The changed paragraphs with what was removed and added; those between them are counted, not shown."""
    lines = _lines(pieces(before, after, budget))
    found: list[Paragraph] = []
    for is_changed, run in groupby(lines, key=lambda line: any(one.kind != SAME for one in line)):
        rows = [line for line in run if any(one.text.strip() for one in line)]
        if is_changed:
            found += [Paragraph(tuple(line)) for line in rows]
        elif rows:
            found.append(Paragraph(unchanged=len(rows)))
    return found


def _lines(parts: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in parts:
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Piece(piece.kind, text))
    return lines


def pieces(before: str, after: str, budget: Budget | None = None) -> list[Piece]:
    """What is the same, removed and added, in reading order; what was removed stands before what replaced it."""
    budget = budget or Budget()
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    path = _path(middle_old, middle_new, budget)
    if path is None:
        steps = [(REMOVED, "".join(middle_old)), (ADDED, "".join(middle_new))]
    else:
        steps = list(_steps(middle_old, middle_new, path))
    return _tidy([(SAME, "".join(old[:start])), *steps, (SAME, "".join(old[len(old) - end :]))])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _path(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[tuple[int, int]] | None:
    """Corners of the shortest way from (0, 0) to the end of both; None where the budget is used up."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for distance in range(len(old) + len(new) + 1):
        trail.append(dict(reach))
        budget.steps -= 2 * distance + 2  # the copy, too, is a step for each diagonal
        if budget.steps < 0:
            return None
        for diagonal in range(-distance, distance + 1, 2):
            down = diagonal == -distance or (
                diagonal != distance and reach[diagonal - 1] < reach[diagonal + 1]
            )
            x = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            y = x - diagonal
            first = x
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            budget.steps -= x - first
            reach[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _back(trail, distance, diagonal, x, y)
    return None


def _back(
    trail: Sequence[dict[int, int]], distance: int, diagonal: int, x: int, y: int
) -> list[tuple[int, int]]:
    corners = [(x, y)]
    for step in range(distance, 0, -1):
        reach = trail[step]
        down = diagonal == -step or (diagonal != step and reach[diagonal - 1] < reach[diagonal + 1])
        diagonal = diagonal + 1 if down else diagonal - 1
        before = reach[diagonal]
        start = (before, before - diagonal + 1) if down else (before + 1, before - diagonal)
        corners += [start, (before, before - diagonal)]
    corners.append((0, 0))
    return corners[::-1]


def _steps(
    old: Sequence[str], new: Sequence[str], path: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    for (x, y), (to_x, to_y) in pairwise(path):
        if to_x > x and to_y > y:
            yield SAME, "".join(old[x:to_x])
        elif to_x > x:
            yield REMOVED, "".join(old[x:to_x])
        elif to_y > y:
            yield ADDED, "".join(new[y:to_y])


def _tidy(steps: Sequence[tuple[str, str]]) -> list[Piece]:
    """Neighbours joined; a space between two changes belongs to both, so that phrases stay whole."""
    blocks: list[tuple[bool, str, str]] = []  # (is the same, removed or same, added)
    for kind, text in steps:
        if not text:
            continue
        is_space = kind == SAME and text.isspace() and "\n" not in text
        if kind == SAME and not is_space:
            blocks.append((True, text, text))
        elif blocks and not blocks[-1][0]:
            _same, removed, added = blocks.pop()
            more = (text if kind != ADDED else "", text if kind != REMOVED else "")
            blocks.append((False, removed + more[0], added + more[1]))
        else:
            blocks.append((kind == SAME, text if kind != ADDED else "", text if kind != REMOVED else ""))
    found: list[Piece] = []
    for is_same, removed, added in blocks:
        if is_same:
            found.append(Piece(SAME, removed))
            continue
        tail = min(removed[len(removed.rstrip(" ")) :], added[len(added.rstrip(" ")) :], key=len)
        found += [
            Piece(kind, text)
            for kind, text in (
                (REMOVED, removed[: len(removed) - len(tail)]), (ADDED, added[: len(added) - len(tail)]), (SAME, tail),
            )
            if text
        ]  # fmt: skip
    return found
