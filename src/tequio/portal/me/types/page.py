"""Finished values for the pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from tequio.base.multilingual import Reading
from tequio.consent.types import Standing
from tequio.ideas.deliberation.models import Conversation, Participant, Statement
from tequio.people.models import Role


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for her: what it is, its words, why now, and the way there."""

    kind: str
    words: Reading | None
    why: str
    path: str
    button: str
    door: str = "ideas"


@dataclass(frozen=True)
class MyPage:
    waiting: list[Waiting] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    opened: list[Conversation] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    participations: list[Participant] = field(default_factory=list)
    consents: list[Standing] = field(default_factory=list)


@dataclass(frozen=True)
class Staying:
    """What is not deleted when she goes, and why."""

    name: str
    why: str
    keeps_row: bool
