"""A recipe in use: plain values that may be kept for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .declared import Declaration, declaration


@dataclass(frozen=True)
class Active:
    """What ranks now. `number` 0 is what the code declares; `territory` None is everywhere, `place` is its code."""

    name: str
    number: int
    weights: dict[str, float]
    parameters: dict[str, float]
    territory: int | None = None
    place: str = ""
    since: datetime | None = None

    @property
    def declaration(self) -> Declaration:
        return declaration(self.name)

    def whole(self, name: str) -> int:
        return int(self.parameters[name])


def default_of(name: str) -> Active:
    declared = declaration(name)
    return Active(name, 0, declared.weights, declared.defaults)
