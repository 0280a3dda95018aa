"""The shape of a rule that ranks, routes or matches: named features with weights, parameters with limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from ..enums import Combining

Words = str | Promise
MOST_WEIGHT = 10.0


@dataclass(frozen=True)
class Feature:
    """One thing a rule looks at. `words` name it, `meaning` says how its value is made."""

    name: str
    words: Words
    meaning: Words
    weight: float
    least: float = 0.0
    most: float = MOST_WEIGHT


@dataclass(frozen=True)
class Parameter:
    """One number of a rule that is no weight; whole numbers where `is_whole`."""

    name: str
    words: Words
    default: float
    least: float
    most: float
    is_whole: bool = False


@dataclass(frozen=True)
class Declaration:
    """A rule under its `name` (the slug of its page): what it does, in plain words, with its defaults."""

    name: str
    title: Words
    lead: Words
    formula: Words
    combining: Combining
    features: tuple[Feature, ...]
    parameters: tuple[Parameter, ...] = ()

    @property
    def weights(self) -> dict[str, float]:
        return {feature.name: feature.weight for feature in self.features}

    @property
    def defaults(self) -> dict[str, float]:
        return {parameter.name: parameter.default for parameter in self.parameters}

    def problems(self, weights: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[str]:
        """What is wrong with these values, as sentences; an empty list where nothing is."""
        limits = {one.name: (one.least, one.most, False) for one in self.features}
        found = _problems(weights, limits)
        return found + _problems(
            parameters, {one.name: (one.least, one.most, one.is_whole) for one in self.parameters}
        )


def _problems(given: Mapping[str, Any], limits: Mapping[str, tuple[float, float, bool]]) -> list[str]:
    found = [
        gettext("“%(name)s” is not a part of this recipe.") % {"name": name}
        for name in given
        if name not in limits
    ]
    for name, (least, most, is_whole) in limits.items():
        value = given.get(name)
        if name not in given:
            found.append(gettext("“%(name)s” is missing.") % {"name": name})
        elif isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            found.append(gettext("“%(name)s” is not a number.") % {"name": name})
        elif is_whole and value != int(value):
            found.append(gettext("“%(name)s” must be a whole number.") % {"name": name})
        elif not least <= value <= most:
            found.append(
                gettext("“%(name)s” must lie between %(least)s and %(most)s.")
                % {"name": name, "least": f"{least:g}", "most": f"{most:g}"}
            )
    return found
