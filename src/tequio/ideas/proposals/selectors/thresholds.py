"""From how many supports on an idea is owed an answer, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tequio.base.moments import NoSuchTime, local_moment
from tequio.ideas.processes.models import PlaceRule, Process
from tequio.ideas.processes.selectors.rules import rule_shown_in


@dataclass(frozen=True)
class SupportBar:
    """`needed` is None where no number was promised. `filled` of 100 is how far the bar goes, `mark` where it was reached."""

    supports: int
    needed: int | None = None
    days: int = 0

    @property
    def is_reached(self) -> bool:
        return self.needed is not None and self.supports >= self.needed

    @property
    def filled(self) -> float:
        return 100.0 if self.is_reached else 100 * self.supports / self.needed if self.needed else 0.0

    @property
    def mark(self) -> float:
        """Where the needed number lies once there are more."""
        return 100 * self.needed / self.supports if self.needed and self.is_reached else 100.0

    @property
    def missing(self) -> int:
        return max(0, (self.needed or 0) - self.supports)


def support_bar(supports: int, territory_id: int, *, is_in_process: bool) -> SupportBar:
    """A petition is for the open hub; in a process the process itself says when it answers."""
    rule = None if is_in_process else rule_shown_in(territory_id)
    if rule is None or rule.petition_supports is None:
        return SupportBar(supports)
    return SupportBar(supports, rule.petition_supports, rule.petition_days)


def promised_moment(process: Process) -> datetime | None:
    """The end of the day on which the process announced its answers, by its own clock."""
    if process.answer_due is None:
        return None
    midnight = process.answer_due + timedelta(days=1)
    try:
        return local_moment(midnight, time(0), process.zone)
    except NoSuchTime as jump:  # the clock was put forward at midnight
        return jump.instead


def petition_moment(rule: PlaceRule, now: datetime) -> datetime:
    """When the days that a place promised are over."""
    return now + timedelta(days=rule.petition_days)
