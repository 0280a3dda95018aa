"""Why something stands where it stands: the same part on every list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from ..enums import Combining
from .declared import Declaration
from .use import Active


@dataclass(frozen=True)
class WhyPart:
    """One feature of this one thing: its value, the weight, and what comes of both."""

    words: str | Promise
    value: float
    weight: float
    contribution: float


@dataclass(frozen=True)
class Why:
    """`parts` in the order of what they did, the strongest first; empty where only the order is explained."""

    recipe: str
    version: int
    parts: tuple[WhyPart, ...] = ()
    is_product: bool = False
    place: str = ""

    @property
    def score(self) -> float:
        total = 1.0 if self.is_product else 0.0
        for part in self.parts:
            total = total * part.contribution if self.is_product else total + part.contribution
        return total


def why(active: Active, values: Mapping[str, float]) -> Why:
    """The reasons for one thing with these `values` of the recipe's features; weights of 0 are left out."""
    declared: Declaration = active.declaration
    is_product = declared.combining == Combining.PRODUCT
    parts = []
    for feature in declared.features:
        if feature.name in values and (weight := active.weights[feature.name]):
            value = values[feature.name]
            contribution = value**weight if is_product else value * weight
            parts.append(WhyPart(feature.words, value, weight, contribution))
    parts.sort(key=lambda part: -part.contribution)
    return Why(active.name, active.number, tuple(parts), is_product, active.place)
