"""How answers and results of a place stand, for everybody: public acts, so small numbers are said too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Extract
from django.utils import timezone

from tequio.base.multilingual import Reading
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import seen_by
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..enums import Decision, MilestoneState
from ..models import Answer, AnswerDue, Milestone, Result
from ..permissions import public_dues
from ..types import Clock
from .desk import clock_on

MOST_LATE, MOST_PROCESSES = 50, 30


class Median(Aggregate):
    """SQL: percentile_cont(0.5) WITHIN GROUP (ORDER BY …)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Tally:
    """`of` are those whose day has come: answered, or late. `days` is the median from asking to answering."""

    in_time: int = 0
    answered_late: int = 0
    waiting: int = 0
    late: int = 0
    days: int | None = None

    @property
    def of(self) -> int:
        return self.in_time + self.answered_late + self.late

    @property
    def answered(self) -> int:
        return self.in_time + self.answered_late

    @property
    def owed(self) -> int:
        return self.answered + self.waiting + self.late


@dataclass(frozen=True)
class LateRow:
    due: AnswerDue
    clock: Clock
    owes: Reading


@dataclass(frozen=True)
class ProcessRow:
    process: Item
    tally: Tally


@dataclass(frozen=True)
class Scoreboard:
    tally: Tally
    late: list[LateRow]
    decisions: dict[str, int]
    processes: list[ProcessRow]
    results: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not (self.tally.owed or sum(self.decisions.values()) or self.results["all"])


def _between() -> Any:
    """Days from asking to answering, as a number."""
    seconds = Extract(ExpressionWrapper(F("answered_at") - F("since"), output_field=DurationField()), "epoch")
    return ExpressionWrapper(seconds / 86_400.0, output_field=FloatField())


def _numbers(now: datetime) -> dict[str, Any]:
    is_answered = Q(answered_at__isnull=False)
    return {
        "in_time": Count("pk", filter=is_answered & Q(answered_at__lte=F("due_at"))),
        "answered_late": Count("pk", filter=is_answered & Q(answered_at__gt=F("due_at"))),
        "waiting": Count("pk", filter=~is_answered & Q(due_at__gte=now)),
        "late": Count("pk", filter=~is_answered & Q(due_at__lt=now)),
        "days": Median(_between(), filter=is_answered),
    }


def _tally(row: dict[str, Any]) -> Tally:
    days = row.pop("days")
    return Tally(**row, days=None if days is None else round(days))


def owed_in(territory: Territory) -> QuerySet[AnswerDue]:
    """What is owed on public things of the place and all in it."""
    return public_dues().filter(item__territory__in=subtree_ids(territory.pk))


def tally_of(territory: Territory, *, now: datetime | None = None) -> Tally:
    return _tally(owed_in(territory).aggregate(**_numbers(now or timezone.now())))


def scoreboard_of(territory: Territory, *, now: datetime | None = None) -> Scoreboard:
    """Six queries, however much is owed."""
    moment = now or timezone.now()
    return Scoreboard(
        tally=tally_of(territory, now=moment),
        late=[late_row(due, moment) for due in late_dues(territory, moment)[:MOST_LATE]],
        decisions=_decisions(territory),
        processes=_by_process(territory, moment),
        results=_results(territory, moment),
    )


def late_dues(territory: Territory, now: datetime) -> QuerySet[AnswerDue]:
    """The longest waiting first."""
    rows = owed_in(territory).filter(answered_at=None, due_at__lt=now)
    return rows.select_related("item__territory", "organisation").order_by("due_at", "item")


def late_row(due: AnswerDue, now: datetime) -> LateRow:
    return LateRow(
        due, clock_on(due, now), due.organisation.title if due.organisation else due.item.territory.title
    )


def _decisions(territory: Territory) -> dict[str, int]:
    rows = Answer.objects.filter(
        seen_by(None, "item__"), replaced_at=None, item__territory__in=subtree_ids(territory.pk)
    )
    found = dict(rows.order_by().values_list("decision").annotate(number=Count("pk")))
    return {decision.value: found.get(decision.value, 0) for decision in Decision}


def _by_process(territory: Territory, now: datetime) -> list[ProcessRow]:
    names = _numbers(now)
    grouped = (
        owed_in(territory).filter(item__entry__isnull=False).order_by()
        .values("item__entry__process").annotate(**names, owed=Count("pk"))
        .order_by("-owed", "-item__entry__process")[:MOST_PROCESSES]
    )  # fmt: skip
    rows: list[dict[str, Any]] = [dict(row) for row in grouped]
    items = Item.objects.filter(seen_by(None)).in_bulk([row["item__entry__process"] for row in rows])
    return [
        ProcessRow(items[row["item__entry__process"]], _tally({name: row[name] for name in names}))
        for row in rows
        if row["item__entry__process"] in items
    ]


def _results(territory: Territory, now: datetime) -> dict[str, int]:
    today = now.date()
    overdue = Milestone.objects.filter(
        result=OuterRef("pk"), due__lt=today, state__in=[MilestoneState.PLANNED, MilestoneState.UNDER_WAY]
    )
    moved = Milestone.objects.filter(result=OuterRef("pk"), due__gt=F("first_due")).exclude(
        state=MilestoneState.DROPPED
    )
    rows = Result.objects.filter(seen_by(None, "item__"), item__territory__in=subtree_ids(territory.pk))
    return rows.annotate(is_delayed=Exists(overdue) | Exists(moved)).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(finished_at__isnull=False)),
        delayed=Count("pk", filter=Q(finished_at=None, is_delayed=True)),
    )  # fmt: skip


COLUMNS = (
    "item", "kind", "territory", "process", "because", "organisation", "asked_at", "due_at", "answered_at",
    "decision", "is_late",
)  # fmt: skip


def open_numbers(territory: Territory, *, now: datetime | None = None) -> Iterator[list[object]]:
    """Every owed answer as a row in the order of COLUMNS, moments in UTC; first the names."""
    moment = now or timezone.now()
    yield list(COLUMNS)
    in_force = Answer.objects.filter(item=OuterRef("item"), replaced_at=None)
    rows = owed_in(territory).annotate(is_answered=Exists(in_force)).order_by("item")
    values = rows.values_list(
        "item", "item__kind", "item__territory__code", "item__entry__process", "because", "organisation", "since",
        "due_at", "answered_at",
    )  # fmt: skip
    decisions = dict(
        Answer.objects.filter(replaced_at=None, item__territory__in=subtree_ids(territory.pk)).values_list(
            "item", "decision"
        )
    )
    for row in values.iterator(chunk_size=2_000):
        item, due_at, answered_at = row[0], row[7], row[8]
        yield [*row, decisions.get(item, ""), (answered_at or moment) > due_at]
