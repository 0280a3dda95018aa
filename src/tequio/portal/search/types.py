"""What somebody asked the search for, and what she is shown, as finished values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from tequio.base.multilingual import Reading
from tequio.base.text import fold
from tequio.catalogue.models import Item
from tequio.territories.models import Territory

MOST_PAGES = 10
AROUND = 70
WORD = re.compile(r"\w+")
MARKDOWN = re.compile(r"[*_#>`\[\]|]+")


@dataclass(frozen=True)
class Asked:
    """The wish of a reader; anything odd has become the default. `query` is the same wish as the query of a link."""

    words: str = ""
    place: Territory | None = None
    kind: str = ""
    door: str = ""
    language: str = ""
    state: str = ""
    order: str = "best"
    is_wide: bool = False
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.door or self.language or self.state)

    def query(self, **other: Any) -> str:
        """With some values changed; always from the first page unless one is given."""
        one = replace(self, **{"page": 1, **other})
        asked = {
            "q": one.words, "place": one.place.code if one.place else "", "kind": one.kind, "door": one.door,
            "language": one.language, "state": one.state, "order": "" if one.order == "best" else one.order,
            "wide": "1" if one.is_wide else "", "page": str(one.page) if one.page > 1 else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Piece:
    """A run of letters, with whether it is what was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class Choice:
    """One line of a facet: what it narrows to, how many there are, the query of its link."""

    words: Any
    number: int
    query: str
    is_on: bool = False


@dataclass(frozen=True)
class FacetLine:
    name: Any
    choices: list[Choice]
    all_query: str = ""  # takes the choice back; empty where nothing is chosen


@dataclass(frozen=True)
class Hit:
    """One thing found: its words with the hits marked, and some of what stands in it."""

    item: Item
    title: Reading
    pieces: list[Piece]
    excerpt: list[Piece] = field(default_factory=list)
    excerpt_language: str = ""

    @property
    def whole(self) -> Item:
        return self.item.part_of or self.item


@dataclass(frozen=True)
class Way:
    """Something one can do with what one has on one's mind."""

    words: Any
    path: str
    says: Any = ""


def mark(text: str, beginnings: Iterable[str]) -> list[Piece]:
    """The text in pieces; words that begin with one of the folded `beginnings` are hits."""
    starts = tuple(one for one in beginnings if one)
    pieces: list[Piece] = []
    at = 0
    for word in WORD.finditer(text) if starts else ():
        if fold(word[0]).startswith(starts):
            if word.start() > at:
                pieces.append(Piece(text[at : word.start()]))
            pieces.append(Piece(word[0], is_hit=True))
            at = word.end()
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces


def excerpt(text: str, beginnings: Iterable[str]) -> list[Piece]:
    """What stands around the first hit, cut between words; empty where there is no hit."""
    starts = tuple(one for one in beginnings if one)
    plain = " ".join(MARKDOWN.sub(" ", text).split())
    hit = next((word for word in WORD.finditer(plain) if starts and fold(word[0]).startswith(starts)), None)
    if hit is None:
        return []
    first, last = max(0, hit.start() - AROUND), min(len(plain), hit.end() + 2 * AROUND)
    if first:
        first = plain.find(" ", first, hit.start()) + 1 or hit.start()
    if last < len(plain):
        last = max(plain.rfind(" ", hit.end(), last), hit.end())
    cut = ("… " if first else "") + plain[first:last] + (" …" if last < len(plain) else "")
    return mark(cut, starts)
