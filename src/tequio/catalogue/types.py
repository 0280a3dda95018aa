"""Plain values of the catalogue: the thread of an item, and the ways on that others offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from tequio.base.multilingual import Reading


@dataclass(frozen=True)
class Way:
    """A thing of the kind `source` may be carried on into one of the kind `to`.

    `can(person, thing)`: whether she may, now. Filled by `portal.thread`, which knows how it is done; here
    stands only what an item's page needs to show that there is a way.
    """

    source: str
    to: str
    words: str | Promise
    meaning: str | Promise
    can: Callable[[Any, Any], bool]


# (kind it comes from, kind it goes to): the way.
WAYS: dict[tuple[str, str], Way] = {}


@dataclass(frozen=True)
class PartRule:
    """For whom something is: `methods` of proving where one lives that count, none for all; ages in full years.

    `organisation` is the one whose members `who_may` "ours" means.
    """

    who_may: str = "anyone"
    methods: tuple[str, ...] = ()
    least_age: int | None = None
    most_age: int | None = None
    organisation: int | None = None

    @property
    def has_ages(self) -> bool:
        return self.least_age is not None or self.most_age is not None


@dataclass(frozen=True)
class Relation:
    """What a knot is to one that came before it; `of` is None where that is the knot above it in the list."""

    words: str
    of: Reading | None = None


@dataclass(frozen=True)
class Knot:
    """One thing on the thread. `depth` below 0 came before, above 0 after, 0 is the page's own.

    `place` is said where it is another than that of the page. `names`: whose thought it was, of those who want
    to be named.
    """

    pk: int
    kind: str
    word: str
    door: str
    path: str
    words: Reading
    place: Reading | None
    state: str
    depth: int
    relations: tuple[Relation, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        return self.depth == 0


@dataclass(frozen=True)
class Dot:
    """A knot in the picture, and the strands that lead to it from those before it."""

    x: int
    y: int
    door: str
    is_here: bool
    is_next: bool
    strands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    dots: list[Dot] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """Where an item came from and where it went; `more` further things are not shown."""

    knots: list[Knot]
    picture: Picture
    more: int = 0

    @property
    def before(self) -> int:
        return sum(knot.depth < 0 for knot in self.knots)

    @property
    def after(self) -> int:
        return sum(knot.depth > 0 for knot in self.knots)
