"""The figures of a year: what was reported, what was decided and how fast, what became of appeals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.catalogue.enums import KINDS
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..enums import Found, Measure, Outcome, Rule, What
from ..models import Appeal, Decision, Report


@dataclass(frozen=True)
class Row:
    """One number: `table` and `name` are the same in every language, `words` are the reader's."""

    table: str
    name: str
    words: str | Promise
    number: int


@dataclass(frozen=True)
class Figures:
    """`hours`: the median from the first report, or from being held back, to the decision; None without one."""

    year: int
    years: list[int]
    reports: list[Row]
    kinds: list[Row]
    rules: list[Row]
    measures: list[Row]
    found: list[Row]
    appeals: list[Row]
    total_reports: int
    total_decisions: int
    hours: float | None
    waiting: int

    @property
    def tables(self) -> list[tuple[str | Promise, list[Row]]]:
        return [
            (_("Reports, by the rule they name"), self.reports),
            (_("Decisions, by what they were about"), self.kinds),
            (_("Decisions, by the rule they rest on"), self.rules),
            (_("Decisions, by what was done"), self.measures),
            (_("Decisions, by how it was found"), self.found),
            (_("Appeals"), self.appeals),
        ]


def figures_of(year: int, place: Territory | None) -> Figures:
    """Counted anew from the rows; answers to appeals are counted with the appeals. Seven queries at most."""
    begin, end = (datetime(one, 1, 1, tzinfo=UTC) for one in (year, year + 1))
    inside = Q(made_at__gte=begin, made_at__lt=end)
    reports, decisions, appeals = (
        Report.objects.filter(inside),
        Decision.objects.filter(inside),
        Appeal.objects.filter(inside),
    )
    open_reports = Report.objects.filter(decision=None)
    if place is not None:
        below = subtree_ids(place.pk)
        reports, decisions = reports.filter(territory__in=below), decisions.filter(territory__in=below)
        appeals = appeals.filter(decision__territory__in=below)
        open_reports = open_reports.filter(territory__in=below)
    decisions = decisions.filter(appeal_until__isnull=False)
    by_rule = _count(reports, "rule")
    decided = list(decisions.values_list("kind", "rule", "measure", "found", F("made_at") - F("began_at")))
    outcomes = _count(appeals, "outcome")
    return Figures(
        year=year, years=_years(),
        reports=_rows("reports", Rule, by_rule),
        kinds=_kinds(_tally(row[0] for row in decided)),
        rules=_rows("rules", Rule, _tally(row[1] for row in decided)),
        measures=_rows("measures", Measure, _tally(row[2] for row in decided)),
        found=_rows("found", Found, _tally(row[3] for row in decided)),
        appeals=[*_rows("appeals", Outcome, outcomes), Row("appeals", "waiting", _("Not decided yet"), outcomes.get("", 0))],
        total_reports=sum(by_rule.values()), total_decisions=len(decided),
        hours=_median_hours([row[4] for row in decided]), waiting=open_reports.count(),
    )  # fmt: skip


def _count(rows: QuerySet[Any], column: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")))


def _tally(values: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return found


def _rows(table: str, names: Any, numbers: dict[str, int]) -> list[Row]:
    return [Row(table, one.value, one.label, numbers.get(one.value, 0)) for one in names]


def _kinds(numbers: dict[str, int]) -> list[Row]:
    words = {name: kind.word for name, kind in KINDS.items()}
    words |= {one.value: one.label for one in (What.COMMENT, What.ORGANISATION)}
    return [Row("kinds", name, word, numbers.get(name, 0)) for name, word in words.items()]


def _median_hours(spans: list[timedelta]) -> float | None:
    return median(span.total_seconds() for span in spans) / 3600 if spans else None


def _years() -> list[int]:
    """From the first report or decision to this year, the newest first."""
    this = timezone.now().year
    firsts = [
        model.objects.order_by("made_at").values_list("made_at", flat=True).first() for model in (Report, Decision)
    ]  # fmt: skip
    first = min((one.year for one in firsts if one is not None), default=this)
    return list(range(this, first - 1, -1))


def as_csv(figures: Figures) -> str:
    """table,name,number: names as in the code, the same in every language; hours with one decimal."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["year", "table", "name", "number"])
    for _words, rows in figures.tables:
        writer.writerows([figures.year, row.table, row.name, row.number] for row in rows)
    hours = "" if figures.hours is None else f"{figures.hours:.1f}"
    writer.writerow([figures.year, "time", "median_hours", hours])
    return text.getvalue()
