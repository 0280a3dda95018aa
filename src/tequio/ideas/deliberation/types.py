"""Finished values for the pages of results: templates only write them down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tequio.base.multilingual import Reading


@dataclass(frozen=True)
class Words:
    """A statement as this reader sees it, and where it came from."""

    number: int
    pk: int
    reading: Reading
    is_foreign: bool = False


@dataclass(frozen=True)
class Bar:
    """Agree, pass and disagree in whole percent that add up to 100, and their places in a bar 100 wide."""

    agree: int
    skipped: int
    disagree: int

    @property
    def skipped_from(self) -> float:
        return self.agree + 0.5

    @property
    def skipped_width(self) -> float:
        return max(0.0, self.skipped - 0.8)

    @property
    def disagree_from(self) -> float:
        return self.agree + self.skipped + 0.2

    @property
    def disagree_to(self) -> float:
        return 99.8


@dataclass(frozen=True)
class Said:
    """What everybody says of one statement; `least` is the share in the group where it is lowest."""

    words: Words
    bar: Bar
    answers: int
    agrees: bool = True
    least: float | None = None

    @property
    def main(self) -> float:
        return (self.bar.agree if self.agrees else self.bar.disagree) / 100

    @property
    def other(self) -> float:
        return (self.bar.disagree if self.agrees else self.bar.agree) / 100

    @property
    def skipped(self) -> float:
        return self.bar.skipped / 100


@dataclass(frozen=True)
class OwnOpinion:
    """A statement that sets a group apart: the share there and elsewhere."""

    words: Words
    agrees: bool
    here: float
    elsewhere: float


@dataclass(frozen=True)
class GroupWords:
    letter: str
    people: int
    opinions: list[OwnOpinion]


@dataclass(frozen=True)
class Cell:
    """Agreement of one group; `is_own` where the statement sets that group apart."""

    percent: int
    is_own: bool

    @property
    def share(self) -> float:
        return self.percent / 100


@dataclass(frozen=True)
class Apart:
    words: Words
    cells: list[Cell]


@dataclass(frozen=True)
class Paint:
    """How a group is drawn: tint, edge and marks, so that it differs by colour, by line and by sign."""

    tint: str
    line: str
    mark: str
    dashes: str
    sign: str


# By letter: dot, triangle, square, cross, ring.
PAINTS = (
    Paint("g2", "l2", "f-none l2", "", "dot"),
    Paint("g3", "l3", "w3", "6 3", "triangle"),
    Paint("g4", "l4", "w4", "1.5 3", "square"),
    Paint("g1", "l1", "f-none l1", "9 2 2 2", "cross"),
    Paint("f-tint", "s-ink", "f-none s-ink", "3 1.5", "ring"),
)


@dataclass(frozen=True)
class Outline:
    """One group in the picture, as path data."""

    letter: str
    label: str
    paint: Paint
    edge: str
    marks: str
    x: float
    y: float
    place: str


@dataclass(frozen=True)
class Picture:
    each: int
    outlines: list[Outline]
    loose: str
    origin: tuple[int, int]
    share: float


@dataclass(frozen=True)
class You:
    """Where the reader stands. `letter` is empty while she is not on the map; `x`, `y` are units of the picture."""

    answers: int
    missing: int = 0
    letter: str = ""
    is_near_edge: bool = False
    x: int = 0
    y: int = 0
    line: tuple[int, int] = (0, 0)
    word: tuple[int, int] = (0, 0)
    anchor: str = "middle"


@dataclass(frozen=True)
class Answered:
    """What the organiser does with a statement."""

    words: Words
    uptake: str
    reply: Reading


@dataclass(frozen=True)
class Sureness:
    """What is not known, in numbers."""

    same_counts: int
    few: list[Words]
    few_below: int
    loose: int
    enough: int


@dataclass(frozen=True)
class ResultsPage:
    """Everything the page of results says; lists are empty where there is nothing to say."""

    made_at: datetime | None = None
    version: str = ""
    digest: str = ""
    people: int = 0
    answers: int = 0
    statements: int = 0
    each: float = 0.0
    is_counting: bool = False
    is_early: bool = True
    is_one: bool = False
    shared: list[Said] = field(default_factory=list)
    shared_more: int = 0
    majority: list[Said] = field(default_factory=list)
    groups: list[GroupWords] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    divided: list[Said] = field(default_factory=list)
    picture: Picture | None = None
    you: You | None = None
    sureness: Sureness | None = None
    answered: list[Answered] = field(default_factory=list)


@dataclass(frozen=True)
class StatementNumbers:
    words: Words
    answers: int
    consensus_agree: float | None
    consensus_disagree: float | None
    is_left_out: bool
    agree: list[Cell]
    disagree: list[Cell]
    skipped: list[Cell]
    seen: list[int]
    estimate: list[float]


@dataclass(frozen=True)
class NumbersPage:
    made_at: datetime | None
    letters: list[str]
    rows: list[StatementNumbers]
    sort: str
    page: int
    pages: int

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


@dataclass(frozen=True)
class Run:
    """One map of the history, with what entered and left the shared ground since the one before."""

    pk: int
    made_at: datetime
    people: int
    answers: int
    placed: int
    groups: int
    shared: int
    digest: str
    entered: list[Words]
    left: list[Words]


@dataclass(frozen=True)
class HistoryPage:
    runs: list[Run]
    line: str
    most: int
    first: datetime | None
    last: datetime | None
