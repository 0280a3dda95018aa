"""The clock of an answer, money beside its plan, and blanks of templates: numbers and words in, values out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tequio.base.moments import zone
from tequio.base.multilingual import Field

from .enums import Stage

# What may stand in the words of a template, in braces.
BLANKS = ("title", "place", "name")
BLANK = re.compile(r"\{([^{}]*)\}")
# Reminders go out so many days before the day, and in every week after it.
STEPS_BEFORE = (2, 7, 14)


def days_between(since: datetime, until: datetime, zone_name: str) -> int:
    """How many times midnight passes in the zone from one moment to the other; below 0 where `until` is earlier."""
    there = zone(zone_name)
    return (until.astimezone(there).date() - since.astimezone(there).date()).days


@dataclass(frozen=True)
class Clock:
    """`day` of `total`, counted by the calendar of the place; at least one day in all.

    `left`: days until the last one, below 0 after it. `days_late` counts from 1 on; 0 where it is not late.
    """

    day: int
    total: int
    left: int
    is_late: bool
    days_late: int
    is_over: bool

    @property
    def shown(self) -> int:
        """How much of the bar is full."""
        return min(self.day, self.total)


def clock_of(
    *, since: datetime, due_at: datetime, answered_at: datetime | None, now: datetime, zone_name: str
) -> Clock:
    """Where the clock stands; it stops when the answer is given. Late is what is later than the very moment."""
    at = answered_at or now
    total = max(1, days_between(since, due_at, zone_name))
    is_late = at > due_at
    late = max(1, days_between(due_at, at, zone_name)) if is_late else 0
    return Clock(
        day=max(0, days_between(since, at, zone_name)), total=total, left=days_between(at, due_at, zone_name),
        is_late=is_late, days_late=late, is_over=answered_at is not None,
    )  # fmt: skip


@dataclass(frozen=True)
class AnswerStep:
    """A step of a process, and the kinds of things it opens official answers to."""

    opens_at: datetime | None
    closes_at: datetime | None
    kinds: frozenset[str]
    has_begun: bool
    has_ended: bool


@dataclass(frozen=True)
class StepNote:
    """What an officer is told of the steps. `at`: when the step opens or ended. `possible_at`: from when she can answer."""

    stage: Stage
    at: datetime | None = None
    possible_at: datetime | None = None


def note_of(
    steps: Sequence[AnswerStep], kind: str, *, is_open: bool, is_public: bool, due_at: datetime | None
) -> StepNote:
    """`is_open`: whether it can be answered now. `due_at` None: no answer is owed."""
    ours = [step for step in steps if kind in step.kinds]
    begun = [step for step in ours if step.has_begun]
    ended = [step.closes_at for step in begun if step.has_ended and step.closes_at]
    is_over = bool(begun) and len(ended) == len(begun)
    if is_open:
        return StepNote(Stage.ENDED, at=max(ended)) if is_over else StepNote(Stage.FREE)
    coming = [step.opens_at for step in ours if not step.has_begun and step.opens_at]
    if not is_public:
        return StepNote(Stage.HIDDEN, possible_at=due_at)
    if coming:
        first = min(coming)
        is_after = due_at is not None and first > due_at
        return StepNote(Stage.AFTER_DUE if is_after else Stage.OPENS, first, due_at if is_after else first)
    return StepNote(Stage.OVER, at=max(ended)) if is_over else StepNote(Stage.NO_STEP, possible_at=due_at)


def reminder_of(clock: Clock) -> str:
    """The step of the reminder that is due today: "14", "7", "2", "late-1" … (weeks); "" for none."""
    if clock.is_over:
        return ""
    if clock.is_late:
        weeks = clock.days_late // 7
        return f"late-{weeks}" if weeks else ""
    step = next((step for step in STEPS_BEFORE if clock.left <= step), None)
    return "" if step is None else str(step)


def unknown_blanks(text: str) -> list[str]:
    """What stands in braces and is no blank of ours, each once."""
    return [word for word in dict.fromkeys(BLANK.findall(text)) if word not in BLANKS]


def fill(field: Field, values: Mapping[str, Mapping[str, str]]) -> Field:
    """The words with their blanks filled: `values` is {language: {blank: what stands there}}."""
    filled: Field = {}
    for tag, entry in field.items():
        known = values[tag]
        text = BLANK.sub(lambda found, known=known: known.get(found[1], found[0]), entry["text"])  # type: ignore[misc]
        filled[tag] = {**entry, "text": text}
    return filled


@dataclass(frozen=True)
class Balance:
    """Money spent beside the plan, in the smallest coin. `share` of the plan in percent, None without one."""

    planned: int | None
    spent: int
    currency: str

    @property
    def share(self) -> int | None:
        return round(100 * self.spent / self.planned) if self.planned else None

    @property
    def drawn(self) -> int:
        """How much of a bar of 100 is full."""
        return max(0, min(100, self.share or 0))

    @property
    def is_above(self) -> bool:
        return self.planned is not None and self.spent > self.planned


@dataclass(frozen=True)
class Moved:
    """How a step of a result stands against its first day."""

    first: date | None
    due: date | None

    @property
    def days(self) -> int:
        return (self.due - self.first).days if self.first and self.due else 0
