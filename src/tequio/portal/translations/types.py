"""Finished values for the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tequio.base.multilingual import Reading
from tequio.territories.models import Territory

from .enums import Need


@dataclass(frozen=True)
class Wish:
    """What is looked for in the queue: everything where a part is empty."""

    place: Territory | None = None
    kind: str = ""
    language: str = ""
    need: str = ""


@dataclass(frozen=True)
class Lack:
    """One text that needs the same in some languages."""

    label: str
    need: Need
    languages: list[str]


@dataclass(frozen=True)
class Waiting:
    """One thing of the queue, with what each of its texts lacks."""

    kind: str
    word: str
    pk: int
    words: Reading
    place: Reading
    at: datetime
    lacks: list[Lack]


@dataclass(frozen=True)
class QueuePage:
    rows: list[Waiting] = field(default_factory=list)
    number: int = 0
    is_more: bool = False
    older: str = ""


@dataclass(frozen=True)
class Gap:
    """Of `of` things in a place, how many are not there in a language, by their kinds."""

    language: str
    number: int
    of: int
    kinds: list[tuple[str, int]]
