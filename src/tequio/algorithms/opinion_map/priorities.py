"""Which statement to show next: a weighted lottery in which nothing starves, with an alarm of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

META_PRIORITY = 49.0
# No unseen statement weighs less than this share of the mean weight of the unseen ones.
FLOOR = 0.1
META_AT_MOST_ONE_IN = 3


def priority(
    agree: ArrayLike, disagree: ArrayLike, seen: ArrayLike, extremity: ArrayLike, meta: ArrayLike = False
) -> Floats:
    """How much is learnt by asking about a statement; all arguments of one shape.

    High for statements with few votes, that few pass on, that many agree with and that lie far out.
    """
    a, d, s = (np.asarray(values, float) for values in (agree, disagree, seen))
    passes = s - a - d
    importance = (1 - (passes + 1) / (s + 2)) * (np.asarray(extremity, float) + 1) * (a + 1) / (s + 2)
    return np.where(meta, META_PRIORITY, (importance * (1 + 8 * 2 ** (-s / 5))) ** 2)


def all_equal(values: ArrayLike) -> bool:
    """True for two or more values without any difference: then the lottery weighs nothing."""
    array = np.asarray(values, float)
    return len(array) > 1 and bool((array == array[0]).all())


def is_suspicious(priorities: ArrayLike, agree: ArrayLike, disagree: ArrayLike, seen: ArrayLike) -> bool:
    """The self-check: all priorities equal although the votes behind them differ.

    Give it statements that are neither meta nor moderated out. A fresh conversation, where nothing tells the
    statements apart yet, is no alarm.
    """
    differ = any(len(np.unique(np.asarray(counts))) > 1 for counts in (agree, disagree, seen))
    return differ and all_equal(priorities)


@dataclass(frozen=True, slots=True)
class Choice:
    """The statement drawn, and whether the lottery was uniform although it had two or more to weigh."""

    statement: int
    is_uniform: bool


def next_statement(
    statements: ArrayLike,
    priorities: ArrayLike,
    *,
    seen: Collection[int],
    random: Random,
    meta: Collection[int] = (),
) -> Choice | None:
    """Draws one of the unseen `statements` by the weight of its priority; None if none is left.

    statements  ids of those moderated in
    priorities  one each; for a statement without votes priority(0, 0, 0, 0)
    seen        ids this person has already been shown
    meta        ids of meta statements: at most one in three of those shown, unless nothing else is left
    """
    ids = np.asarray(statements, dtype=np.int64)
    weights = np.asarray(priorities, dtype=float)
    if ids.shape != weights.shape:
        raise ValueError(f"{len(ids)} statements with {len(weights)} priorities")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("priorities must be finite and not negative")
    open_ = ~np.isin(ids, np.fromiter(seen, np.int64, len(seen)))
    if meta:
        is_meta = np.isin(ids, np.fromiter(meta, np.int64, len(meta)))
        meta_seen = sum(1 for one in meta if one in seen)
        too_many = (meta_seen + 1) * META_AT_MOST_ONE_IN > len(seen) + 1
        if too_many and (open_ & ~is_meta).any():
            open_ &= ~is_meta
    ids, weights = ids[open_], weights[open_]
    if not len(ids):
        return None
    uniform = all_equal(weights)
    weights = np.maximum(weights, FLOOR * weights.mean())
    sums = np.cumsum(weights) if weights.any() else np.arange(1.0, len(ids) + 1)
    drawn = int(np.searchsorted(sums, random.random() * sums[-1], side="right"))
    return Choice(int(ids[min(drawn, len(ids) - 1)]), uniform)
