"""What each group says: counts, probabilities, tests, and the statements that set it apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tequio.algorithms.opinion_map.matrix import CentredMatrix, Floats

Direction = Literal["agree", "disagree"]
ROWS_AT_ONCE = 1 << 12


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement (by column) that sets a group apart, with the figures of its direction."""

    column: int
    direction: Direction
    metric: float
    r: float
    rt: float
    p: float
    pt: float


@dataclass(frozen=True, eq=False, slots=True)
class GroupStatistics:
    """Per group and statement, all arrays [K, M].

    agree, disagree, seen   counts (seen includes passes)
    pa, pd                  probability of agreeing, of disagreeing, with one vote for and one against added
    pat, pdt                z of that probability against one half
    ra, rd                  that probability over the one in all other groups together
    rat, rdt                z of the difference
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    seen: NDArray[np.int64]
    pa: Floats
    pd: Floats
    pat: Floats
    pdt: Floats
    ra: Floats
    rd: Floats
    rat: Floats
    rdt: Floats


def proportion_test(successes: ArrayLike, trials: ArrayLike) -> Floats:
    """z of successes among trials against one half, one success and one trial added."""
    s, n = np.asarray(successes, float) + 1, np.asarray(trials, float) + 1
    return 2 * np.sqrt(n) * (s / n - 0.5)


def two_proportion_test(
    inside: ArrayLike, outside: ArrayLike, trials_in: ArrayLike, trials_out: ArrayLike
) -> Floats:
    """z of the difference of two proportions, 1 added to all four; 0 where everybody says the same."""
    s1, s2 = np.asarray(inside, float) + 1, np.asarray(outside, float) + 1
    n1, n2 = np.asarray(trials_in, float) + 1, np.asarray(trials_out, float) + 1
    pooled = (s1 + s2) / (n1 + n2)
    unanimous = pooled >= 1
    spread = np.where(unanimous, 1.0, pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return np.where(unanimous, 0.0, (s1 / n1 - s2 / n2) / np.sqrt(spread))


def count_by_group(matrix: CentredMatrix, label: NDArray[np.int8], groups: int) -> NDArray[np.int64]:
    """[K, M, 3] votes (disagree, pass, agree) of the people with label 0..K-1; others (-1) are left out."""
    size = matrix.value.size
    counts = np.zeros((groups + 1) * size, dtype=np.int64)
    shift = np.where(label < 0, groups, label).astype(np.int32) * np.int32(size)
    for first in range(0, len(label), ROWS_AT_ONCE):
        last = min(first + ROWS_AT_ONCE, len(label))
        begin, end = matrix.row_start[first], matrix.row_start[last]
        keys = np.repeat(shift[first:last], np.diff(matrix.row_start[first : last + 1]))
        keys += matrix.keys[begin:end]
        counts += np.bincount(keys, minlength=len(counts))
    return counts.reshape(groups + 1, -1, 3)[:groups]


def group_statistics(counts: NDArray[np.int64]) -> GroupStatistics:
    """From counts [K, M, 3] as count_by_group gives them."""
    disagree, agree, seen = counts[:, :, 0], counts[:, :, 2], counts.sum(axis=2)
    rest_agree, rest_disagree, rest_seen = (a.sum(axis=0) - a for a in (agree, disagree, seen))
    pa, pd = (agree + 1) / (seen + 2), (disagree + 1) / (seen + 2)
    return GroupStatistics(
        agree=agree,
        disagree=disagree,
        seen=seen,
        pa=pa,
        pd=pd,
        pat=proportion_test(agree, seen),
        pdt=proportion_test(disagree, seen),
        ra=pa / ((rest_agree + 1) / (rest_seen + 2)),
        rd=pd / ((rest_disagree + 1) / (rest_seen + 2)),
        rat=two_proportion_test(agree, rest_agree, seen, rest_seen),
        rdt=two_proportion_test(disagree, rest_disagree, seen, rest_seen),
    )


def group_informed_consensus(statistics: GroupStatistics) -> tuple[Floats, Floats]:
    """([M] agree, [M] disagree): the product over groups of their probabilities."""
    return statistics.pa.prod(axis=0), statistics.pd.prod(axis=0)


def majority(
    counts: NDArray[np.int64], skip: NDArray[np.bool_], z: float, listed: int
) -> tuple[list[int], list[int]]:
    """(columns most people agree with, columns most disagree with), from counts [M, 3] of everybody."""
    seen = counts.sum(axis=1)
    found = []
    for successes in (counts[:, 2], counts[:, 0]):
        p, test = (successes + 1) / (seen + 2), proportion_test(successes, seen)
        fits = np.flatnonzero((p > 0.5) & (test > z) & ~skip)
        best = np.argsort(-(p * test)[fits], kind="stable")[:listed]
        found.append(fits[best].tolist())
    return found[0], found[1]


def representative(
    statistics: GroupStatistics, group: int, skip: NDArray[np.bool_], z: float, listed: int
) -> tuple[Representative, ...]:
    """The statements that set one group apart; agreements first."""
    s = statistics
    rat, pat, rdt, pdt = s.rat[group], s.pat[group], s.rdt[group], s.pdt[group]
    passes = ((rat > z) & (pat > z)) | ((rdt > z) & (pdt > z))
    passing = [_described(s, group, int(column)) for column in np.flatnonzero(passes & ~skip)]
    most_agreed = _best_agree(s, group, skip, z)
    if not passing:
        return _fallback(s, group, skip, most_agreed)
    passing.sort(key=lambda found: -found.metric)
    if most_agreed is not None:
        rest = [found for found in passing if found.column != most_agreed]
        passing = [_described(s, group, most_agreed), *rest]
    return tuple(sorted(passing[:listed], key=lambda found: found.direction != "agree"))


def _fallback(
    s: GroupStatistics, group: int, skip: NDArray[np.bool_], most_agreed: int | None
) -> tuple[Representative, ...]:
    """When no statement passes: what the group agrees on most, else what nearly sets it apart."""
    if most_agreed is None:
        nearest = np.where(skip, -np.inf, np.maximum(s.rat[group], s.rdt[group]))
        if skip.all():
            return ()
        most_agreed = int(np.argmax(nearest))
    return (_described(s, group, most_agreed),)


def _described(s: GroupStatistics, group: int, column: int) -> Representative:
    at = (group, column)
    direction: Direction = "agree" if s.rat[at] > s.rdt[at] else "disagree"
    chosen = (s.ra, s.rat, s.pa, s.pat) if direction == "agree" else (s.rd, s.rdt, s.pd, s.pdt)
    r, rt, p, pt = (float(values[at]) for values in chosen)
    return Representative(column, direction, r * rt * p * pt, r, rt, p, pt)


def _best_agree(s: GroupStatistics, group: int, skip: NDArray[np.bool_], z: float) -> int | None:
    """The statement that stands for what a group agrees on, found in column order as the reference does."""
    best: int | None = None
    ra, rat, pa, pat = (values[group].tolist() for values in (s.ra, s.rat, s.pa, s.pat))
    for column in np.flatnonzero(((s.agree[group] > 0) | (s.disagree[group] > 0)) & ~skip).tolist():
        if best is None:
            better = pat[column] > z or (ra[column] > 1 and pa[column] > 0.5)
        elif ra[best] > 1:
            better = _strength(ra, rat, pa, pat, column) > _strength(ra, rat, pa, pat, best)
        else:
            better = pa[column] * pat[column] > pa[best] * pat[best]
        if better:
            best = column
    return best


def _strength(ra: list[float], rat: list[float], pa: list[float], pat: list[float], column: int) -> float:
    return ra[column] * rat[column] * pa[column] * pat[column]
