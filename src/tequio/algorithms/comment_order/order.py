"""The order itself: a weighted sum, and every so-manieth place drawn by lot among what few have marked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEATURES = ("recent", "replies", "useful")


@dataclass(frozen=True)
class Remark:
    """One comment: `at` in seconds since 1970, how many answered it and how many found it useful."""

    id: int
    at: float
    replies: int = 0
    useful: int = 0


@dataclass(frozen=True)
class Numbers:
    """`half_life`: hours after which newness counts a half. `half_replies`, `half_useful`: how many answers or
    marks make a half of the most. `lot_every`: one place in so many is drawn by lot, 0 for none.
    """

    weights: Mapping[str, float]
    half_life: float = 24.0
    half_replies: float = 3.0
    half_useful: float = 5.0
    lot_every: int = 4


@dataclass(frozen=True)
class Placed:
    """A comment at its place; `values` between 0 and 1 by feature. `is_by_lot`: the lottery put it here."""

    id: int
    values: Mapping[str, float]
    score: float
    is_by_lot: bool = False


def values_of(remark: Remark, numbers: Numbers, *, now: float) -> dict[str, float]:
    """Each between 0 and 1. Newness h/(h + age); the others n/(n + half): the first marks count most."""
    hours = max(0.0, now - remark.at) / 3600
    return {
        "recent": numbers.half_life / (numbers.half_life + hours),
        "replies": remark.replies / (remark.replies + numbers.half_replies),
        "useful": remark.useful / (remark.useful + numbers.half_useful),
    }


def arrange(remarks: Sequence[Remark], numbers: Numbers, *, now: float, seed: str) -> list[Placed]:
    """All of them, the highest sum first, of two equal ones the newer; the same `seed`, the same lots.

    The lot falls among those that fewer than the middle one have marked, wherever the sum would put them.
    """
    placed = []
    for remark in remarks:
        values = values_of(remark, numbers, now=now)
        score = sum(numbers.weights.get(name, 0.0) * values[name] for name in FEATURES)
        placed.append((Placed(remark.id, values, score), remark))
    placed.sort(key=lambda pair: (-pair[0].score, -pair[1].at, -pair[0].id))
    ranked = [one for one, _remark in placed]
    if numbers.lot_every < 2 or len(ranked) < numbers.lot_every:
        return ranked
    return _with_lots(ranked, _little_marked(remarks), numbers.lot_every, seed)


def _little_marked(remarks: Sequence[Remark]) -> set[int]:
    """Those with at most as many marks as the middle one of all."""
    marks = sorted(remark.useful for remark in remarks)
    middle = marks[(len(marks) - 1) // 2]
    return {remark.id for remark in remarks if remark.useful <= middle}


def _with_lots(ranked: list[Placed], little_marked: set[int], every: int, seed: str) -> list[Placed]:
    lots = sorted((one for one in ranked if one.id in little_marked), key=lambda one: _lot(seed, one.id))
    by_score, by_lot, taken = iter(ranked), iter(lots), set()
    arranged: list[Placed] = []
    while len(arranged) < len(ranked):
        is_lot = len(arranged) % every == every - 1
        drawn = next((one for one in by_lot if one.id not in taken), None) if is_lot else None
        one = drawn or next(one for one in by_score if one.id not in taken)
        taken.add(one.id)
        arranged.append(Placed(one.id, one.values, one.score, is_by_lot=drawn is not None))
    return arranged


def _lot(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode()).digest()
