"""Cohorts: newcomers of a burst whose answers follow one pattern, far more often than the others' do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .crowds import bursts

# Of a larger burst the pattern is looked for among the first so many; then everybody is compared with it.
MOST_COMPARED = 2_000
MOST_COHORTS = 5


@dataclass(frozen=True)
class Numbers:
    """`minutes` one burst has at most between two who set it off; `times` the usual number; `fewest` people;
    `likeness` share of equal answers from 0 to 1; `answers` in common at least; `more` times the others' share.
    """

    minutes: float = 10.0
    times: float = 5.0
    fewest: int = 25
    likeness: float = 0.85
    answers: int = 7
    more: float = 5.0


NUMBERS = Numbers()


@dataclass(frozen=True, eq=False)
class Cohort:
    """`people`: row numbers, ascending. `burst`: how many arrived in it. `likeness`: mean share of answers as the
    pattern says. `among_others`: the share of those outside who answer like that. `since`, `until`: seconds.
    """

    people: NDArray[np.int64]
    burst: int
    likeness: float
    among_others: float
    since: float
    until: float


def cohorts(
    arrivals: NDArray[np.float64], votes: NDArray[np.int8], *, numbers: Numbers = NUMBERS
) -> list[Cohort]:
    """`arrivals` float64[N] in seconds; `votes` int8[N, M]: 1, 0, -1, and 2 where there is no answer.

    Raises ValueError where the shapes do not fit. Of each burst at most five cohorts, nobody in two.
    """
    if votes.ndim != 2 or arrivals.shape != (len(votes),):
        raise ValueError(f"{arrivals.shape} arrivals do not fit votes of shape {votes.shape}")
    crowds = bursts(arrivals, seconds=numbers.minutes * 60, times=numbers.times, fewest=numbers.fewest)
    return cohorts_of(crowds, arrivals, votes, numbers=numbers)


def cohorts_of(
    crowds: list[NDArray[np.int64]],
    arrivals: NDArray[np.float64],
    votes: NDArray[np.int8],
    *,
    numbers: Numbers = NUMBERS,
) -> list[Cohort]:
    """As `cohorts`, for bursts that are known: row numbers each. Rows may be a sample of the others."""
    found: list[Cohort] = []
    for crowd in crowds:
        rest = crowd
        for _turn in range(MOST_COHORTS):
            cohort = _cohort(rest, crowd, arrivals, votes, numbers)
            if cohort is None:
                break
            found.append(cohort)
            rest = rest[~np.isin(rest, cohort.people)]
    return found


def _cohort(
    rest: NDArray[np.int64], crowd: NDArray[np.int64], arrivals: NDArray[np.float64],
    votes: NDArray[np.int8], numbers: Numbers,
) -> Cohort | None:  # fmt: skip
    """The largest group among `rest` that follows one pattern; None where there is none, or it is nothing special.

    Where nobody else has answered there is nothing to compare with, and nobody's voice to drown.
    """
    speaking = rest[(votes[rest] != 2).sum(axis=1) >= numbers.answers]
    if len(speaking) < numbers.fewest:
        return None
    pattern = _pattern(votes[speaking[:MOST_COMPARED]], numbers)
    if pattern is None:
        return None
    alike, share = _follow(votes[speaking], pattern, numbers)
    people = np.sort(speaking[alike])
    if len(people) < numbers.fewest:
        return None
    others = np.setdiff1d(np.arange(len(votes)), crowd)
    among_others = _share_among(votes[others], pattern, numbers)
    if among_others is None or len(people) / len(speaking) < numbers.more * among_others:
        return None
    times = arrivals[people]
    return Cohort(
        people, len(crowd), float(share[alike].mean()), among_others, float(times.min()), float(times.max())
    )


def _pattern(votes: NDArray[np.int8], numbers: Numbers) -> NDArray[np.int8] | None:
    """What the group around the person with most look-alikes answers; 2 where fewer than a half of it answered.

    Two who follow a pattern with likeness p agree with one another in about p² of their answers.
    """
    equal = np.zeros((len(votes), len(votes)), np.float32)
    for value in (-1, 0, 1):
        said = (votes == value).astype(np.float32)
        equal += said @ said.T
    gave = (votes != 2).astype(np.float32)
    common = gave @ gave.T
    alike = (common >= numbers.answers) & (equal >= numbers.likeness**2 * common)
    leader = int(np.argmax(alike.sum(axis=1)))
    group = votes[alike[leader]]
    if len(group) < numbers.fewest:
        return None
    counts = np.stack([(group == value).sum(axis=0) for value in (-1, 0, 1)])
    most = (np.argmax(counts, axis=0) - 1).astype(np.int8)
    return np.where(counts.sum(axis=0) * 2 >= len(group), most, 2).astype(np.int8)


def _follow(
    votes: NDArray[np.int8], pattern: NDArray[np.int8], numbers: Numbers
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """(who follows the pattern, her share of equal answers)."""
    common = ((votes != 2) & (pattern != 2)).sum(axis=1)
    equal = ((votes == pattern) & (pattern != 2)).sum(axis=1)
    share = equal / np.maximum(common, 1)
    return (common >= numbers.answers) & (share >= numbers.likeness), share


def _share_among(votes: NDArray[np.int8], pattern: NDArray[np.int8], numbers: Numbers) -> float | None:
    """Of those outside who can be compared, the share that follows the pattern; None where nobody can be."""
    can = ((votes != 2) & (pattern != 2)).sum(axis=1) >= numbers.answers
    if not can.any():
        return None
    alike, _share = _follow(votes[can], pattern, numbers)
    return float(alike.mean())


def with_numbers(**given: float) -> Numbers:
    """Numbers of a recipe as they are used here."""
    numbers: dict[str, Any] = dict(given)
    for name in ("fewest", "answers"):
        if name in numbers:
            numbers[name] = int(numbers[name])
    return replace(NUMBERS, **numbers)
