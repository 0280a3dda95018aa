"""What trying out other numbers shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tequio.base.multilingual import Reading


@dataclass(frozen=True)
class Place:
    """One line of a list: the words, their page, where it stood before (0: not among the first)."""

    pk: int
    words: Reading
    path: str
    was: int = 0


@dataclass(frozen=True)
class Preview:
    """The first of a list by the numbers in use and by the new ones. `says` names the list."""

    says: Any
    before: Sequence[Place]
    after: Sequence[Place]
    moved: int

    @property
    def is_empty(self) -> bool:
        return not self.before and not self.after
