"""The rotation, version 1: each idea moves on a circle, and its weight decides how much of the circle is the front.

Order by weight without replacement as an exponential race (Efraimidis and Spirakis, 2006): the key is -ln(u) / weight,
the least first; then the chance to stand first is an idea's share of all weights. u is no fresh lot each time but
moves on by the golden section: u = fraction(phase + rotation * SHIFT). Such a sequence visits every stretch of the
circle without long gaps (three-distance theorem, Sós 1958), so nobody waits as long as luck would let her.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

FEATURES = ("share", "few", "fresh", "closing")
# (sqrt(5) - 1) / 2 in parts of 2^32, odd: whole numbers, so that a database counts the same.
SHIFT = 2_654_435_769
CIRCLE = 2**32
# Of Mueller's integer hash: 32 times 27 bits stay below 2^63.
MIX = 0x45D9F3B


@dataclass(frozen=True)
class Idea:
    """`hours` since it was published; `days_left` until it closes, None without an end."""

    id: int
    supports: int = 0
    hours: float = 0.0
    days_left: float | None = None


@dataclass(frozen=True)
class Numbers:
    """`half_supports`: how many supports halve the need of more. `half_life`: hours after which newness is halved."""

    weights: Mapping[str, float]
    half_supports: float = 10.0
    half_life: float = 72.0


@dataclass(frozen=True)
class Placed:
    """An idea at its place: `values` between 0 and 1 by feature, their weighted sum, and the key (least first)."""

    id: int
    values: Mapping[str, float]
    weight: float
    key: float


def phase(number: int, seed: int = 0) -> int:
    """Where an idea begins on the circle, from 0 to 2^32 - 1; another seed deals all places anew."""
    mixed = (number + seed * SHIFT) % CIRCLE
    for _round in range(2):
        mixed = ((mixed >> 16) ^ mixed) * MIX % CIRCLE
    return (mixed >> 16) ^ mixed


def lot(number: int, rotation: int, seed: int = 0) -> float:
    """u of an idea in a rotation: above 0 and below 1."""
    return ((phase(number, seed) + rotation * SHIFT) % CIRCLE + 0.5) / CIRCLE


def values_of(idea: Idea, numbers: Numbers) -> dict[str, float]:
    """Each between 0 and 1: its share as an idea, few supports so far, newness, the end being near."""
    days = idea.days_left
    return {
        "share": 1.0,
        "few": numbers.half_supports / (numbers.half_supports + idea.supports),
        "fresh": numbers.half_life / (numbers.half_life + max(0.0, idea.hours)),
        "closing": 0.0 if days is None or days <= 0 else 1.0 / (1.0 + days),
    }


def arrange(ideas: Sequence[Idea], numbers: Numbers, *, rotation: int, seed: int = 0) -> list[Placed]:
    """All of them in the order of this rotation; what weighs nothing comes last, the newest number first.

    `rotation` counts up by one; within one the order stays, but for an idea whose own values change.
    """
    placed = []
    for idea in ideas:
        values = values_of(idea, numbers)
        weight = sum(numbers.weights.get(name, 0.0) * values[name] for name in FEATURES)
        u = lot(idea.id, rotation, seed)
        placed.append(Placed(idea.id, values, weight, -log(u) / weight if weight > 0 else float("inf")))
    return sorted(placed, key=lambda one: (one.key, -one.id))
