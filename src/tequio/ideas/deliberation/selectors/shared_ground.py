"""Which statements groups share, and which divide people: rules over counts, written once.

Counts are `[disagree, pass, agree]` by statement number, as a stored map has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import sqrt

Counts = dict[str, list[int]]

# A group's opinion on a statement counts from this many answers on; smaller groups are not published at all.
FEWEST = 5
# One-sided test at 90 %, the field's threshold.
SIGNIFICANT = 1.2816
DIVIDES = 0.3


def seen(row: Sequence[int]) -> int:
    return sum(row)


def share(row: Sequence[int], answer: int) -> float:
    """Share of one answer (0 disagree, 1 pass, 2 agree) among those who saw the statement."""
    return row[answer] / max(1, sum(row))


def most_say(row: Sequence[int], answer: int) -> bool:
    """Whether clearly more than half say it: enough answers, and the test of one proportion passes."""
    number = seen(row)
    return number >= FEWEST and 2 * sqrt(number + 1) * ((row[answer] + 1) / (number + 1) - 0.5) > SIGNIFICANT


def shared(groups: Sequence[Counts], numbers: Iterable[str], answer: int) -> list[str]:
    """What most people in every group say, by group-informed consensus, strongest first."""
    if not groups:
        return []
    found = [
        number
        for number in numbers
        if all(most_say(group.get(number, [0, 0, 0]), answer) for group in groups)
    ]
    return sorted(found, key=_by_consensus(groups, answer))


def _by_consensus(groups: Sequence[Counts], answer: int) -> Callable[[str], tuple[float, int]]:
    def rank(number: str) -> tuple[float, int]:
        product = 1.0
        for group in groups:
            row = group[number]
            product *= (row[answer] + 1) / (seen(row) + 2)
        return -product, int(number)

    return rank


def lowest(groups: Sequence[Counts], number: str, answer: int) -> float:
    """The share of that answer in the group where it is lowest."""
    return min((share(group.get(number, [0, 0, 0]), answer) for group in groups), default=0.0)


def divided(everybody: Counts, numbers: Iterable[str], fewest: int) -> list[str]:
    """Statements that many agree and many disagree with, most evenly split first."""
    halves = {number: min(share(everybody[number], 0), share(everybody[number], 2)) for number in numbers}
    found = [number for number in halves if halves[number] >= DIVIDES and seen(everybody[number]) >= fewest]
    return sorted(found, key=lambda number: (-halves[number], int(number)))
