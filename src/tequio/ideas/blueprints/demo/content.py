"""The shape in which the demonstration's processes are written down: one telling a territory, from problem to result.

Days count from the moment of loading; negative is past. `by` and the like are keys of invented people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tequio.base.multilingual import Field, add_translation, digest, write_original
from tequio.catalogue.enums import WhoMay
from tequio.discussions.demo import Remark
from tequio.ideas.answers.enums import Because, Decision, MilestoneState, Verdict
from tequio.ideas.processes.enums import Blueprint
from tequio.ideas.proposals.enums import HowOften

# What the translators of a stale text saw: an original that is not there any more.
EARLIER = "an earlier wording"


@dataclass(frozen=True)
class Text:
    """One text by language, the original first. `machine`: languages a machine wrote; `stale`: of older words."""

    by_language: dict[str, str]
    machine: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        return next(iter(self.by_language))

    @property
    def original(self) -> str:
        return self.by_language[self.origin]

    def field(self, translators: dict[str, str]) -> Field:
        """As the database keeps it; `translators` names who carried it into which language."""
        (origin, text), *others = self.by_language.items()
        made = write_original(text, origin)
        for language, translated in others:
            is_machine = language in self.machine
            made = add_translation(
                made,
                language,
                translated,
                by="" if is_machine else translators.get(language, ""),
                machine=is_machine,
                of=digest(EARLIER) if language in self.stale else "",
            )
        return made


def say(*, machine: tuple[str, ...] = (), stale: tuple[str, ...] = (), **words: str) -> Text:
    return Text(words, machine, stale)


@dataclass(frozen=True)
class Spot:
    """A real quarter: its name, its middle in degrees, and the code of the territory it lies in."""

    name: str
    latitude: Decimal
    longitude: Decimal
    place: str


def spot(name: str, latitude: str, longitude: str, place: str) -> Spot:
    return Spot(name, Decimal(latitude), Decimal(longitude), place)


@dataclass(frozen=True)
class Too:
    """ "Me too, here": by whom, where, what she adds; without words where she only tapped."""

    by: str
    where: Spot
    days_ago: float
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Trouble:
    """A problem. `more` neighbours without a name have it too, spread over the places in `around`."""

    key: str
    by: str
    days_ago: float
    where: Spot
    how_often: HowOften
    title: Text
    what: Text
    who: Text
    evidence: Text
    too: tuple[Too, ...] = ()
    around: tuple[Spot, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Proposal:
    """An idea. `supports` neighbours without a name stand behind it, beside those who wrote it.

    `into`: the idea it was joined to; `out_of`: the one it was split from; `is_open_hub`: outside the process.
    """

    key: str
    by: str
    days_ago: float
    where: Spot
    title: Text
    what: Text
    why: Text
    for_whom: Text
    cost: int | None = None
    answers: tuple[str, ...] = ()
    supports: int = 0
    others: tuple[str, ...] = ()
    talk: tuple[Remark, ...] = ()
    is_draft: bool = False
    is_open_hub: bool = False
    into: str = ""
    out_of: str = ""


@dataclass(frozen=True)
class Ruling:
    """What was answered officially to an idea, so many days ago, by a steward speaking in `office`."""

    idea: str
    decision: Decision
    days_ago: float
    by: str
    reasons: Text
    office: str = ""
    organisation: str = ""
    paper: Text | None = None


@dataclass(frozen=True)
class Owed:
    """A clock of its own, apart from the day the process announced: asked so long ago, due on that day."""

    idea: str
    because: Because
    since: float
    due: float
    assigned_to: str = ""


@dataclass(frozen=True)
class Landmark:
    """A milestone. `moved_from`: the day it was first due, and why that changed stands in `delay`."""

    title: Text
    due: float
    state: MilestoneState = MilestoneState.PLANNED
    moved_from: float | None = None
    delay: Text | None = None
    done: float | None = None


@dataclass(frozen=True)
class Outlay:
    """Money spent, in whole units of the result's currency; minus corrects a line before."""

    days_ago: float
    amount: int
    what: Text


@dataclass(frozen=True)
class Judged:
    by: str
    verdict: Verdict
    words: str = ""


@dataclass(frozen=True)
class Outcome:
    """A result: what grew out of the answer to `idea`."""

    idea: str
    by: str
    days_ago: float
    title: Text
    summary: Text
    body: Text
    planned: int
    landmarks: tuple[Landmark, ...]
    outlays: tuple[Outlay, ...] = ()
    papers: tuple[Text, ...] = ()
    judged: tuple[Judged, ...] = ()
    organisation: str = ""
    finished: float | None = None


@dataclass(frozen=True)
class Promise:
    """What the stewards set for the place: how many open a process, from how many supports an answer is owed, in how many days."""

    openers: int = 10
    supports: int | None = None
    days: int = 60


@dataclass(frozen=True)
class Ready:
    """Words an officer uses again, with blanks in braces."""

    name: str
    decision: Decision
    reasons: Text


@dataclass(frozen=True)
class Stage:
    """A phase. `opens_what` is a key of making.FEATURES; `talk`: the conversation that is its part."""

    title: Text
    opens: float
    closes: float
    opens_what: str
    talk: str = ""


@dataclass(frozen=True)
class Telling:
    """One whole process. `partners` look after it beside the facilitator, each for another institution.

    `crowd` neighbours without a name support and confirm. `grew`: (number of a statement, idea that grew out of
    it); `asked`: (idea, number of the statement made of it), in the conversation that is a part of the process.
    """

    key: str
    place: str
    zone: str
    currency: str
    facilitator: str
    steward: str
    languages: tuple[str, ...]
    translators: dict[str, str]
    title: Text
    summary: Text
    background: Text
    stages: tuple[Stage, ...]
    blueprint: Blueprint = Blueprint.IDEAS_CALL
    who_may: WhoMay = WhoMay.ANYONE
    least_age: int | None = None
    most_age: int | None = None
    partners: tuple[str, ...] = ()
    addressee: str = ""
    answer_due: float | None = None
    signed_by: tuple[str, ...] = ()
    crowd: int = 0
    promise: Promise | None = None
    ready: tuple[Ready, ...] = ()
    grew: tuple[tuple[int, str], ...] = ()
    asked: tuple[tuple[str, int], ...] = ()
    troubles: tuple[Trouble, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    owed: tuple[Owed, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
