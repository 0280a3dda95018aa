"""What the look at a first post found, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tequio.recipes.types import declaration

from ..models import Item


@dataclass(frozen=True)
class Sign:
    """One sign that was seen; `meaning` says how it is counted."""

    words: Any
    meaning: Any
    value: float


def signs_seen(item: Item) -> list[Sign]:
    """The signs of an item that was screened, in the order of the rule; its `screening` must be at hand."""
    screening = getattr(item, "screening", None)
    if screening is None:
        return []
    return [
        Sign(one.words, one.meaning, screening.values[one.name])
        for one in declaration("screening").features
        if screening.values.get(one.name)
    ]
