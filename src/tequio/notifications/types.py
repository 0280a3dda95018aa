"""What each event is called and where it is told by default; finished values for pages and letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.base.multilingual import Reading
from tequio.people.models import Person
from tequio.territories.models import Territory

from .enums import Channel, Event

Switches = dict[str, list[str]]


@dataclass(frozen=True)
class EventKind:
    """`said` stands over a notice. `is_personal`: told to one person, whatever she follows."""

    said: str | Promise
    is_personal: bool = False
    channels: frozenset[Channel] = frozenset({Channel.PAGE, Channel.DIGEST})


EVENTS: dict[str, EventKind] = {
    Event.OPENED: EventKind(pgettext_lazy("notice", "Opens")),
    Event.CLOSING: EventKind(pgettext_lazy("notice", "Closes soon")),
    Event.OVER: EventKind(pgettext_lazy("notice", "Is over")),
    Event.RESULTS: EventKind(pgettext_lazy("notice", "First results")),
    Event.ANSWERED: EventKind(_("The organiser answered")),
    Event.PROGRESS: EventKind(_("It moves on")),
    Event.ANSWER_DUE: EventKind(_("You owe an answer"), is_personal=True),
    Event.PUBLISHED: EventKind(_("Your statement is shown"), is_personal=True),
    Event.DECLINED: EventKind(_("Your statement is not shown"), is_personal=True),
    Event.DECIDED: EventKind(_("A moderator decided"), is_personal=True),
    Event.ROLE: EventKind(_("You have a new role"), is_personal=True),
    Event.TRANSLATED: EventKind(_("Your words were translated"), is_personal=True),
    Event.CARRIED: EventKind(_("Your words are carried on"), is_personal=True),
    Event.REACHED: EventKind(_("So many support it that an answer is owed")),
    Event.JOINED: EventKind(_("It was joined with another idea"), is_personal=True),
    Event.INVITED: EventKind(_("You are asked to be a co-author"), is_personal=True),
}


def channels_of(switches: Switches, event: str) -> frozenset[str]:
    """Where somebody with these switches hears of it; what she never touched stands as it is by default."""
    chosen = switches.get(event)
    return EVENTS[event].channels if chosen is None else frozenset(chosen)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: what it is, its words, why now, the way there.

    Every flat that has such things says so through settings.WAITING. `button` and `door` are for her own page:
    what one does about it, and the colour of its door.
    """

    kind: str
    words: Reading | None
    why: str
    path: str
    button: str = ""
    door: str = ""


AsksWaiting = Callable[[Person], Iterable[Waiting]]


@dataclass(frozen=True)
class Line:
    """One event of a thing, as its reader sees it: `words` is what was said, `about` the part it is said of."""

    said: str
    words: Reading | None
    at: datetime
    path: str
    pk: int
    about: Reading | None = None
    is_new: bool = False


@dataclass
class Thing:
    """An item and what happened to it; `title` is None for what is about a place or a role alone."""

    title: Reading | None
    kind: str
    path: str
    closes_at: datetime | None = None
    is_over: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass
class Place:
    """A territory and the things in it, or what belongs to none."""

    title: Reading | None
    zone: str
    things: list[Thing] = field(default_factory=list)


@dataclass(frozen=True)
class DigestPage:
    """What one letter holds."""

    places: list[Place]
    waiting: Sequence[Waiting]
    notices: list[int]

    @property
    def is_empty(self) -> bool:
        return not self.places and not self.waiting


@dataclass(frozen=True)
class Followed:
    """One row of what somebody follows."""

    pk: int
    kind: str
    title: Reading | None
    words: str
    path: str
    place: Territory | None
    is_own: bool
