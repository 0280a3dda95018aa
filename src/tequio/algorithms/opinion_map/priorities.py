"""Which statement to show next: a weighted lottery in which nothing starves, with an alarm of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEATURES = ("new", "clear", "apart", "agreed")


@dataclass(frozen=True, slots=True)
class Routing:
    """What may be turned about the lottery; the defaults are the reference.

    new, clear, apart, agreed  the powers to which the four values are raised
    boost, half_life  a statement nobody answered counts 1 + boost times, and half of boost after so many answers
    floor             no unseen statement weighs less than this share of the mean weight of the unseen ones
    meta_weight       the priority of statements about the people themselves
    meta_one_in       at most one in so many of those shown is of that kind
    """

    new: float = 2.0
    clear: float = 2.0
    apart: float = 2.0
    agreed: float = 2.0
    boost: float = 8.0
    half_life: float = 5.0
    floor: float = 0.1
    meta_weight: float = 49.0
    meta_one_in: int = 3

    def __post_init__(self) -> None:
        numbers = [self.new, self.clear, self.apart, self.agreed, self.boost, self.floor, self.meta_weight]
        if not all(np.isfinite(number) and number >= 0 for number in numbers):
            raise ValueError("weights, boost, floor and meta_weight must be finite and not negative")
        if not self.half_life > 0 or self.meta_one_in < 1 or self.floor > 1:
            raise ValueError("half_life must be above 0, meta_one_in at least 1, floor at most 1")

    @property
    def powers(self) -> tuple[float, float, float, float]:
        return self.new, self.clear, self.apart, self.agreed


ROUTING = Routing()


def features(
    agree: ArrayLike, disagree: ArrayLike, seen: ArrayLike, extremity: ArrayLike, routing: Routing = ROUTING
) -> tuple[Floats, Floats, Floats, Floats]:
    """The four values behind a priority, in the order of FEATURES; each of the arguments' shape, all positive."""
    a, d, s = (np.asarray(values, float) for values in (agree, disagree, seen))
    passes = s - a - d
    new = 1 + routing.boost * 2 ** (-s / routing.half_life)
    return new, 1 - (passes + 1) / (s + 2), np.asarray(extremity, float) + 1, (a + 1) / (s + 2)


def priority(
    agree: ArrayLike,
    disagree: ArrayLike,
    seen: ArrayLike,
    extremity: ArrayLike,
    meta: ArrayLike = False,
    *,
    routing: Routing = ROUTING,
) -> Floats:
    """How much is learnt by asking about a statement; all arguments of one shape.

    High for statements with few votes, that few pass on, that many agree with and that lie far out.
    """
    new, clear, apart, agreed = features(agree, disagree, seen, extremity, routing)
    if len(set(routing.powers)) == 1:  # the reference's order of steps, so that its last digit is met too
        importance = clear * apart * (np.asarray(agree, float) + 1) / (np.asarray(seen, float) + 2)
        weight = (importance * new) ** routing.new
    else:
        weight = new**routing.new * clear**routing.clear * apart**routing.apart * agreed**routing.agreed
    return np.where(meta, routing.meta_weight, weight)


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
    routing: Routing = ROUTING,
) -> Choice | None:
    """Draws one of the unseen `statements` by the weight of its priority; None if none is left.

    statements  ids of those moderated in
    priorities  one each; for a statement without votes priority(0, 0, 0, 0)
    seen        ids this person has already been shown
    meta        ids of meta statements: at most one in `routing.meta_one_in` of those shown, unless nothing else is left
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
        too_many = (meta_seen + 1) * routing.meta_one_in > len(seen) + 1
        if too_many and (open_ & ~is_meta).any():
            open_ &= ~is_meta
    ids, weights = ids[open_], weights[open_]
    if not len(ids):
        return None
    uniform = all_equal(weights)
    weights = np.maximum(weights, routing.floor * weights.mean())
    sums = np.cumsum(weights) if weights.any() else np.arange(1.0, len(ids) + 1)
    drawn = int(np.searchsorted(sums, random.random() * sums[-1], side="right"))
    return Choice(int(ids[min(drawn, len(ids) - 1)]), uniform)
