"""The officer's desk: what is owed to her places and organisations, soonest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from tequio.catalogue.models import Item
from tequio.catalogue.permissions import seen_by
from tequio.catalogue.selectors import read_cursor
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..enums import Hindrance, Show
from ..models import Answer, AnswerDue
from ..permissions import (
    answerable,
    due_of,
    dues_visible_to,
    hindrance,
    keep_steps,
    keep_together,
    process_of,
    steps_of,
)
from ..types import Clock, StepNote, clock_of, note_of

PAGE = 50
MOST_CHOICES = 100
LATELY = 5


@dataclass(frozen=True)
class Wanted:
    """The filters of the desk."""

    show: str = Show.ALL
    process: int | None = None
    place: Territory | None = None


@dataclass(frozen=True)
class Row:
    """`is_open`: it can be answered now. `process` None: it stands in the open hub."""

    due: AnswerDue
    clock: Clock
    is_open: bool
    note: StepNote
    process: Item | None

    @property
    def item(self) -> Item:
        return self.due.item


@dataclass(frozen=True)
class Desk:
    """One page. `after` is the cursor of the next one; the numbers count all that is owed to her.

    `lately`: the last answers she gave, to look at them once more.
    """

    rows: list[Row]
    after: str
    numbers: dict[str, int]
    processes: list[Item]
    places: list[Territory]
    lately: list[Answer]

    @property
    def openings(self) -> int:
        """How many of the page can be answered now."""
        return sum(row.is_open for row in self.rows)


def open_dues(person: Person | None) -> QuerySet[AnswerDue]:
    return dues_visible_to(person).filter(answered_at=None)


def _rule(show: str, person: Person | None, now: datetime) -> Q:
    return {
        Show.NOW: answerable(now),
        Show.NOT_YET: ~answerable(now),
        Show.WEEK: Q(due_at__gte=now, due_at__lt=now + timedelta(days=7)),
        Show.LATE: Q(due_at__lt=now),
        Show.MINE: Q(assigned_to=person),
        Show.UNASSIGNED: Q(assigned_to=None),
    }.get(Show(show), Q())


def filtered(person: Person | None, wanted: Wanted, now: datetime) -> QuerySet[AnswerDue]:
    rows = open_dues(person).filter(_rule(wanted.show, person, now))
    if wanted.process is not None:
        rows = rows.filter(item__entry__process=wanted.process)
    if wanted.place is not None:
        rows = rows.filter(item__territory__in=subtree_ids(wanted.place.pk))
    return rows.order_by("due_at", "item")


def desk_of(person: Person | None, wanted: Wanted, *, after: str = "", now: datetime | None = None) -> Desk:
    """Six queries, however much is owed in however many processes; more where her organisations are not read yet."""
    moment = now or timezone.now()
    rows = filtered(person, wanted, moment)
    cursor = read_cursor(after)
    if cursor is not None:
        at, pk = cursor
        rows = rows.filter(Q(due_at__gt=at) | Q(due_at=at, item__gt=pk))
    found = list(
        rows.select_related(
            "item__territory", "item__entry__process__item", "item__count", "organisation", "assigned_to"
        ).annotate(is_open=ExpressionWrapper(answerable(moment), output_field=BooleanField()))[: PAGE + 1]
    )
    shown = found[:PAGE]
    keep_steps(shown)
    own = open_dues(person)
    counts = {
        show.value: Count("pk", filter=_rule(show, person, moment)) for show in Show if show != Show.ALL
    }
    numbers = own.aggregate(all=Count("pk"), **counts)
    processes = Item.objects.filter(
        pk__in=own.order_by().values("item__entry__process").distinct()[:MOST_CHOICES]
    )
    places = Territory.objects.filter(
        pk__in=own.order_by().values("item__territory").distinct()[:MOST_CHOICES]
    )
    return Desk(
        rows=[_row(due, moment) for due in shown],
        after=_cursor(shown[-1]) if len(found) > PAGE else "",
        numbers=numbers, processes=list(processes.order_by("-pk")), places=list(places.order_by("code")),
        lately=_lately(person),
    )  # fmt: skip


def _row(due: AnswerDue, now: datetime) -> Row:
    process = process_of(due.item)
    is_open = bool(due.__dict__["is_open"])
    return Row(
        due,
        clock_on(due, now),
        is_open,
        step_note(due.item, is_open=is_open),
        process.item if process else None,
    )


def step_note(item: Item, *, is_open: bool) -> StepNote:
    """What its officer is told of the steps of its process; no query where they were read along."""
    process, due = process_of(item), due_of(item)
    return note_of(
        steps_of(process) if process else [], item.kind, is_open=is_open,
        is_public=process is None or process.item.is_shown, due_at=due.due_at if due else None,
    )  # fmt: skip


def note_for(person: Person | None, item: Item) -> StepNote:
    return step_note(item, is_open=hindrance(person, item) == Hindrance.NONE)


def _lately(person: Person | None) -> list[Answer]:
    """Hers that are in force, the newest first."""
    if person is None:
        return []
    rows = Answer.objects.filter(seen_by(person, "item__"), by=person, replaced_at=None)
    return list(rows.select_related("item__territory").order_by("-id")[:LATELY])


def clock_on(due: AnswerDue, now: datetime) -> Clock:
    return clock_of(
        since=due.since, due_at=due.due_at, answered_at=due.answered_at, now=now,
        zone_name=due.item.territory.zone,
    )  # fmt: skip


def next_due(
    person: Person | None, wanted: Wanted, *, after: AnswerDue | None, now: datetime | None = None
) -> AnswerDue | None:
    """The one that follows in her list and can be answered; the first one again where that was the last."""
    moment = now or timezone.now()
    rows = filtered(person, wanted, moment).filter(answerable(moment))
    if after is not None:
        rows = rows.exclude(pk=after.pk)
        following = rows.filter(
            Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, item__gt=after.pk)
        ).first()
        if following is not None:
            return following
    return rows.first()


def chosen_dues(person: Person | None, items: Sequence[int], *, most: int) -> list[AnswerDue]:
    """Those of `items` that are owed to her, soonest first."""
    late = ExpressionWrapper(Q(due_at__lt=Now()), output_field=BooleanField())
    rows = open_dues(person).filter(pk__in=list(items)[:most]).annotate(is_late=late)
    found: list[AnswerDue] = list(
        rows.select_related(
            "item__territory", "item__author", "item__entry__process__item", "organisation", "assigned_to"
        ).order_by("due_at", "item")
    )
    keep_together(found)
    return found


def answered_of(person: Person | None, items: Sequence[int]) -> int:
    """How many of `items` were answered already."""
    return dues_visible_to(person).filter(pk__in=items, answered_at__isnull=False).count()


def _cursor(due: AnswerDue) -> str:
    return f"{due.due_at.isoformat()}_{due.pk}"


def wanted_number(person: Person | None, wanted: Wanted, now: datetime | None = None) -> int:
    """How many of her list, as she has it filtered, can be answered now."""
    moment = now or timezone.now()
    return filtered(person, wanted, moment).filter(answerable(moment)).count()
