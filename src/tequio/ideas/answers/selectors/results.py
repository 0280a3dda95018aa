"""A result as one reader sees it: its steps, its money, its documents, what those say who asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from django.db.models import Count, Q, Value
from django.utils import timezone

from tequio.base.moments import say_day, zone
from tequio.base.money import say_exactly
from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.consent.types import ConsentText, current_text
from tequio.people.models import Person

from ..enums import MilestoneState, Verdict
from ..models import Judgement, Milestone, Paper, Result, Spending
from ..permissions import can_judge, can_run
from ..types import Balance, Moved

# From so many on, counts are shown: fewer would tell who said what.
FEWEST = 5


@dataclass(frozen=True)
class Step:
    """`shape` is how the picture draws it: done, now, next, late or dropped."""

    milestone: Milestone
    shape: str
    moved: Moved
    x: int
    said_due: str = ""
    said_first: str = ""


@dataclass(frozen=True)
class Line:
    spending: Spending
    said: str
    said_day: str


@dataclass(frozen=True)
class Share:
    verdict: str
    label: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class Judged:
    """`shares` is empty as long as fewer than FEWEST have answered."""

    number: int
    own: str = ""
    shares: list[Share] = field(default_factory=list)


@dataclass(frozen=True)
class ResultPage:
    steps: list[Step]
    lines: list[Line]
    balance: Balance
    said_planned: str
    said_spent: str
    papers: list[Paper]
    judged: Judged
    may_run: bool

    @property
    def done(self) -> int:
        return sum(step.milestone.state == MilestoneState.DONE for step in self.steps)

    @property
    def width(self) -> int:
        return max(1, len(self.steps)) * 40


def result_page(result: Result, person: Person | None) -> ResultPage:
    """Four queries beside those for the row itself. Needs `item.territory`."""
    lines = list(Spending.objects.filter(result=result).order_by("on", "id"))
    balance = Balance(result.planned, sum(line.amount for line in lines), result.currency)
    return ResultPage(
        steps=steps_of(result),
        lines=[Line(line, say_exactly(line.amount, result.currency), _say(line.on)) for line in lines],
        balance=balance,
        said_planned=say_exactly(result.planned, result.currency) if result.planned is not None else "",
        said_spent=say_exactly(balance.spent, result.currency) if result.currency else "",
        papers=list(Paper.objects.filter(item=result.item_id).select_related("file").order_by("id")),
        judged=judged(result, person),
        may_run=can_run(person, result),
    )


@dataclass(frozen=True)
class Question:
    """What the page of the question needs: whether it is for her, what she said, what she agrees to."""

    may_judge: bool
    own: Judgement | None
    consent: ConsentText | None


def question_for(result: Result, person: Person | None) -> Question:
    may_judge = can_judge(person, result)
    own = Judgement.objects.filter(result=result, person=person).first() if person else None
    asks = may_judge and not has_consent(person, Purpose.OPINIONS)
    return Question(may_judge, own, current_text(Purpose.OPINIONS) if asks else None)


def steps_of(result: Result) -> list[Step]:
    today = timezone.now().astimezone(zone(result.item.territory.zone)).date()
    found = []
    for number, row in enumerate(Milestone.objects.filter(result=result).order_by("position")):
        is_open = row.state in (MilestoneState.PLANNED, MilestoneState.UNDER_WAY)
        if is_open and row.due is not None and row.due < today:
            shape = "late"
        else:
            shape = {
                MilestoneState.DONE: "done", MilestoneState.UNDER_WAY: "now", MilestoneState.DROPPED: "dropped",
            }.get(MilestoneState(row.state), "next")  # fmt: skip
        moved = Moved(row.first_due, row.due)
        found.append(Step(row, shape, moved, 20 + 40 * number, _say(row.due), _say(row.first_due)))
    return found


def _say(day: date | None) -> str:
    """A day of the calendar, the same in every zone."""
    return say_day(datetime.combine(day, time(12), UTC), "UTC") if day else ""


def judged(result: Result, person: Person | None) -> Judged:
    """The counts of the three answers, as parts of a bar of 100, and her own; one query."""
    rows = Judgement.objects.filter(result=result, person__is_active=True).order_by().values("verdict")
    hers = Count("pk", filter=Q(person=person)) if person else Value(0)
    found = {row["verdict"]: row for row in rows.annotate(number=Count("pk"), hers=hers)}
    own = next((str(Verdict(verdict).label) for verdict, row in found.items() if row["hers"]), "")
    total = sum(row["number"] for row in found.values())
    if total < FEWEST:
        return Judged(total, own)
    shares, at = [], 0.0
    for verdict in Verdict:
        number = found[verdict.value]["number"] if verdict.value in found else 0
        width = 100 * number / total
        shares.append(Share(verdict.value, str(verdict.label), number, round(at, 3), round(width, 3)))
        at += width
    return Judged(total, own, shares)


def words_to_read(result: Result) -> list[Judgement]:
    """What they wrote to those who look after it, newest first; without names."""
    rows = Judgement.objects.filter(result=result).exclude(words="").order_by("-at", "-id")
    return list(rows[:200])
