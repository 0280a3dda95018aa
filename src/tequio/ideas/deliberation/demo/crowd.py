"""Made-up answers: latent groups that lean one way or the other, people who come, answer a while and leave."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .content import OPEN, SEED, Talk

SECONDS_AN_ANSWER = 11
LEAST_OF_A_VISITOR = 9
FINISHERS = 0.12
# How far one person stands from the middle of her group, in probability.
SPREAD = 0.07
SEEDS_FIRST = 0.35
HALL_SECONDS = 95 * 60
HALL_SHARE = 0.9


@dataclass(frozen=True, eq=False)
class Crowd:
    """Answers in the order in which they were given.

    came      float64[N]  seconds after the opening at which each person came
    person    int32[V]    index of the person who answers; the first ones are the talk's visitors
    line      int32[V]    index of the line in `talk.lines`
    value     int8[V]     1 agree, 0 pass, -1 disagree
    important bool[V]
    after     float64[V]  seconds after the opening
    authors   int32[L]    index of the person who wrote each line, -1 for seeds
    written   float64[L]  seconds after the opening at which each line was shown
    """

    came: NDArray[np.float64]
    person: NDArray[np.int32]
    line: NDArray[np.int32]
    value: NDArray[np.int8]
    important: NDArray[np.bool_]
    after: NDArray[np.float64]
    authors: NDArray[np.int32]
    written: NDArray[np.float64]


def make_up(talk: Talk, seconds: float) -> Crowd:
    """The crowd of a talk that has been open for `seconds`; the same talk always gives the same answers."""
    random = np.random.default_rng(zlib.crc32(talk.key.encode()))
    shown = np.array([index for index, line in enumerate(talk.lines) if line.state == OPEN], dtype=np.int32)
    groups = _groups(talk, random)
    came = _arrivals(talk, seconds, random)
    counts = _counts(talk, len(shown), random)
    order = _orders(talk, shown, random)
    asked = np.arange(len(shown))[None, :] < counts[:, None]
    person, step = (part.astype(np.int32) for part in np.nonzero(asked))
    line = shown[order[person, step]]
    value, important = _opinions(talk, groups[person], line, random)
    written = _written(talk, seconds)
    after = np.maximum(came[person] + (step + 1) * SECONDS_AN_ANSWER, written[line] + 60)
    by_time = np.argsort(np.minimum(after, seconds), kind="stable")
    return Crowd(
        came=came,
        person=person[by_time],
        line=line[by_time],
        value=value[by_time],
        important=important[by_time],
        after=np.minimum(after, seconds)[by_time],
        authors=_authors(talk, random),
        written=written,
    )


def _groups(talk: Talk, random: np.random.Generator) -> NDArray[np.int64]:
    shares = np.array(talk.shares, dtype=float)
    bounds = np.round(np.cumsum(shares / shares.sum()) * talk.people)
    groups = np.searchsorted(bounds, np.arange(talk.people), side="right")
    return random.permutation(groups)


def _arrivals(talk: Talk, seconds: float, random: np.random.Generator) -> NDArray[np.float64]:
    """Many at the beginning, fewer each day; in a hall nearly all within the same hour and a half."""
    came = seconds * random.beta(1.1, 2.2, talk.people)
    if talk.in_one_evening:
        in_hall = random.random(talk.people) < HALL_SHARE
        came[in_hall] = 3_600 + HALL_SECONDS * random.random(int(in_hall.sum()))
    # Her answers take a while: whoever comes last still has the time to give them.
    return np.minimum(came, max(0.0, seconds - len(talk.lines) * SECONDS_AN_ANSWER))


def _counts(talk: Talk, lines: int, random: np.random.Generator) -> NDArray[np.int64]:
    counts = np.clip(random.gamma(3.0, talk.answers / 3.0, talk.people).round(), 1, lines).astype(np.int64)
    counts[random.random(talk.people) < FINISHERS] = lines
    visitors = len(talk.visitors)
    counts[:visitors] = np.maximum(counts[:visitors], min(LEAST_OF_A_VISITOR, lines - 1))
    return counts


def _orders(talk: Talk, shown: NDArray[np.int32], random: np.random.Generator) -> NDArray[np.int64]:
    """The order in which each person meets the lines: by lot, seeds somewhat earlier."""
    lots = random.random((talk.people, len(shown)))
    seeds = np.array([talk.lines[index].by == SEED for index in shown])
    return np.argsort(lots - SEEDS_FIRST * seeds, axis=1, kind="stable")


def _opinions(
    talk: Talk, group: NDArray[np.int64], line: NDArray[np.int32], random: np.random.Generator
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    blank = (50,) * len(talk.shares)
    lean = np.array([one.lean or blank for one in talk.lines], dtype=float) / 100
    passes = np.array([one.passes for one in talk.lines]) / 100
    weight = np.array([one.important for one in talk.lines]) / 100
    agrees = np.clip(lean[line, group] + random.normal(0, SPREAD, len(line)), 0.01, 0.99)
    value = np.where(random.random(len(line)) < agrees, 1, -1).astype(np.int8)
    value[random.random(len(line)) < passes[line]] = 0
    important = (random.random(len(line)) < weight[line]) & (value != 0)
    return value, important


def _authors(talk: Talk, random: np.random.Generator) -> NDArray[np.int32]:
    visitors = {key: index for index, key in enumerate(talk.visitors)}
    strangers = random.integers(len(talk.visitors), talk.people, len(talk.lines))
    return np.array(
        [
            -1 if line.by == SEED else visitors.get(line.by, int(stranger))
            for line, stranger in zip(talk.lines, strangers, strict=True)
        ],
        dtype=np.int32,
    )


def _written(talk: Talk, seconds: float) -> NDArray[np.float64]:
    """Seeds stand from the beginning, the others come one by one in the first sixth of the time."""
    share = np.linspace(0.01, 1 / 6, len(talk.lines))
    seeds = np.array([line.by == SEED for line in talk.lines])
    return np.where(seeds, 0.0, share * seconds)
