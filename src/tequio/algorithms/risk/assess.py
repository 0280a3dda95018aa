"""The sum of the signs, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Assessment:
    """`reasons` are the names of the signs that count, the heaviest first; `is_held` where they reach the limit."""

    score: float
    is_held: bool
    reasons: tuple[str, ...]


def assess(values: Mapping[str, float], weights: Mapping[str, float], *, limit: float) -> Assessment:
    """Σ value × weight over the signs that have a weight; held from `limit` on."""
    shares = {name: value * weights.get(name, 0.0) for name, value in values.items()}
    counting = sorted((name for name, share in shares.items() if share > 0), key=lambda name: -shares[name])
    score = round(sum(shares.values()), 9)
    return Assessment(score, score >= limit, tuple(counting))
