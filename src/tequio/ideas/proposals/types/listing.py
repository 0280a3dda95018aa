"""What a reader wants to see of a list, and its rows as finished values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Process
from tequio.recipes.types import Why
from tequio.territories.models import Territory

TURNS, NEWEST, CLOSING, MOST, NEAR, BEST = "turns", "newest", "closing", "most", "near", "best"
OPEN, ANSWERED, RESULT = "open", "answered", "result"
WITH_COST, WITHOUT_COST = "with", "without"


@dataclass(frozen=True)
class Wish:
    """Anything odd has become the default. `at`: (latitude, longitude) to be near to, where somebody said so."""

    kind: str
    place: Territory | None = None
    process: Process | None = None
    standing: str = ""
    cost: str = ""
    language: str = ""
    words: str = ""
    order: str = TURNS
    at: tuple[float, float] | None = None
    turn: int = 0
    before: str = ""
    after: str = ""

    @property
    def is_filtered(self) -> bool:
        """By one of the filters that a list keeps folded until then."""
        return bool(self.process or self.standing or self.cost or self.language)

    @property
    def is_narrowed(self) -> bool:
        return self.is_filtered or bool(self.words)

    def query(self, **other: Any) -> str:
        """The same wish as the query of a link, from its first page unless a cursor is given."""
        one = replace(self, **{"before": "", "after": "", **other})
        default = BEST if one.words else TURNS
        asked = {
            "place": one.place.code if one.place else "", "process": str(one.process.pk) if one.process else "",
            "standing": one.standing, "cost": one.cost, "language": one.language, "q": one.words,
            "order": "" if one.order == default else one.order,
            "at": f"{one.at[0]:.5f},{one.at[1]:.5f}" if one.at else "",
            "turn": str(one.turn) if one.order == TURNS and (one.before or one.after) else "",
            "before": one.before, "after": one.after,
        }  # fmt: skip
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Row:
    """One line of a list. `number`: supports of an idea, people of a problem; `km` to where the reader wants to be."""

    item: Item
    number: int = 0
    why: Why | None = None
    km: float | None = None
    cost: str = ""


@dataclass(frozen=True)
class List:
    """`older` and `newer` are queries of links, "" where there is nothing more."""

    wish: Wish
    rows: list[Row] = field(default_factory=list)
    number: int = 0
    is_more: bool = False
    older: str = ""
    newer: str = ""
    order_words: Any = ""
    order_why: Why | None = None
