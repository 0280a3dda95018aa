"""What a moderator sees of one thing: the reports on it, the decisions before, its signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tequio.algorithms.risk import MACHINE, PICTURE
from tequio.base.word_diff import Paragraph
from tequio.catalogue.models import Item, Revision
from tequio.catalogue.selectors.history import versions_since
from tequio.discussions.models import Comment, CommentRevision
from tequio.discussions.selectors.versions import changes_of
from tequio.organisations.models import Organisation
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
class Change:
    """One text of it that changed at a moment; `part` is its name, "" where it has one text alone."""

    at: datetime
    part: str
    language: str
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Desk:
    thing: Thing
    reports: list[Report]
    told: list[Told]
    signs: list[Sign]
    decisions: list[Decision]
    words: int = 0
    changes: list[Change] = field(default_factory=list)

    @property
    def can_let_through(self) -> bool:
        """It only waits and nobody reported it: one press is enough."""
        return self.thing.is_held and not self.thing.is_hidden and not self.reports

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
    """Four queries, five where it waits. `words` is the newest change of what it says, for whoever decides on it."""
    reports = list(Report.objects.filter(decision=None, **thing.columns).order_by("pk"))
    decisions = Decision.objects.filter(**thing.columns).order_by("-pk")[:MOST_SHOWN]
    told = [Told(report, signs_in_words(report.signs, only=MACHINE)) for report in reports[:MOST_SHOWN]]
    return Desk(
        thing, reports, told, [*_picture(thing), *signs_in_words(thing.signs)], list(decisions), newest_change(thing),
        changes_to_read(thing),
    )  # fmt: skip


def newest_change(thing: Thing) -> int:
    """Its id, 0 where the words stand as they were written."""
    if isinstance(thing.row, Organisation):
        return 0
    rows: QuerySet[Revision] | QuerySet[CommentRevision] = (
        CommentRevision.objects.filter(comment=thing.row)
        if isinstance(thing.row, Comment)
        else Revision.objects.filter(item=thing.row)
    )
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def changes_to_read(thing: Thing) -> list[Change]:
    """Word by word what changed since it waits, what made it wait included; the newest first."""
    if not thing.is_held:
        return []
    if isinstance(thing.row, Comment):
        return [Change(one.at, "", one.language, one.paragraphs) for one in changes_of(thing.row)]
    if not isinstance(thing.row, Item) or getattr(thing.row, "screening", None) is None:
        return []
    return [
        Change(version.revision.at, change.part, change.language, change.paragraphs)
        for version in versions_since(thing.row, thing.row.screening.at)
        for change in version.changes
    ]


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


def answer_to(pk: int) -> Decision | None:
    """The decision that answers an appeal; None while there is none."""
    return Decision.objects.filter(answered=pk).select_related("territory").first()
