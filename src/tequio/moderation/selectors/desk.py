"""What a moderator sees of one thing: the reports on it, the decisions before, its signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tequio.algorithms.risk import MACHINE, PICTURE
from tequio.recipes.types import declaration

from ..models import Appeal, Decision, Report
from ..types import Thing

MOST_SHOWN = 50


@dataclass(frozen=True)
class Sign:
    words: Any
    value: float


@dataclass(frozen=True)
class Told:
    """One report as it is read; `signs` in words, where a machine may have sent it."""

    report: Report
    signs: list[Sign]


@dataclass(frozen=True)
class Desk:
    thing: Thing
    reports: list[Report]
    told: list[Told]
    signs: list[Sign]
    decisions: list[Decision]

    @property
    def seen(self) -> int:
        """The newest decision, for whoever decides next."""
        return self.decisions[0].pk if self.decisions else 0


def open_reports(thing: Thing) -> list[Report]:
    """The oldest first; all of them, for one decision is about all."""
    rows = Report.objects.filter(decision=None, **thing.columns).defer("words")
    return list(rows.order_by("pk"))


def newest_decision(thing: Thing, *, before: int | None = None) -> int:
    """Its id, 0 where there is none. `before` an id leaves out that one and what came later."""
    rows = Decision.objects.filter(**thing.columns)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def desk_of(thing: Thing) -> Desk:
    """Three queries."""
    reports = list(Report.objects.filter(decision=None, **thing.columns).order_by("pk"))
    decisions = Decision.objects.filter(**thing.columns).order_by("-pk")[:MOST_SHOWN]
    told = [Told(report, signs_in_words(report.signs, only=MACHINE)) for report in reports[:MOST_SHOWN]]
    return Desk(thing, reports, told, [*_picture(thing), *signs_in_words(thing.signs)], list(decisions))


def _picture(thing: Thing) -> list[Sign]:
    """Not among the signs that are weighed: such a thing waits whatever its numbers are."""
    if not thing.signs.get(PICTURE):
        return []
    return [Sign(_("A guest added a picture. Look at it where it stands before you show it."), 1.0)]


def signs_in_words(values: dict[str, float], *, only: tuple[str, ...] = ()) -> list[Sign]:
    """Those that were seen, as the rule of the screening names them."""
    return [
        Sign(one.words, values[one.name])
        for one in declaration("screening").features
        if values.get(one.name) and (not only or one.name in only)
    ]


def open_appeal(pk: int) -> Appeal | None:
    rows = Appeal.objects.filter(pk=pk, decided_at=None).select_related(
        "decision__territory", "decision__item__territory", "decision__item__author",
        "decision__item__part_of", "decision__comment__item__territory", "decision__comment__author",
        "decision__organisation__territory", "decision__organisation__made_by",
    ).prefetch_related("decision__reports")  # fmt: skip
    return rows.first()
