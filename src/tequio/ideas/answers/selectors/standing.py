"""How an item stands: its clock, its answer, the former ones, what lies beside it, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to
from tequio.catalogue.types import Thread
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person

from ..models import Answer, AnswerDue, Paper
from ..permissions import answers_for, can_answer, can_ask, can_make_result, due_of
from ..types import Clock, clock_of


@dataclass(frozen=True)
class Follows:
    """A result, as a line that leads there."""

    path: str
    words: Reading


@dataclass(frozen=True)
class Standing:
    """For `answers/_answer.html`. `owed_to` is whom one waits for: the place or an organisation, never a name.

    `clock` is None where nobody promised a day, `answer` where there is none in force. `is_empty`: show nothing.
    """

    item: Item
    answer: Answer | None = None
    former: int = 0
    due: AnswerDue | None = None
    clock: Clock | None = None
    owes: Reading | None = None
    speaks: Reading | None = None
    papers: list[Paper] = field(default_factory=list)
    results: list[Follows] = field(default_factory=list)
    may_answer: bool = False
    may_take_back: bool = False
    may_ask: bool = False
    may_make_result: bool = False

    @property
    def is_empty(self) -> bool:
        has_buttons = self.may_answer or self.may_ask
        return not (self.answer or self.former or self.due or self.papers or has_buttons)

    @property
    def because(self) -> str:
        return str(self.due.get_because_display()) if self.due else ""


def standing_of(
    item: Item,
    person: Person | None = None,
    *,
    results: Sequence[Follows] | None = None,
    now: datetime | None = None,
) -> Standing:
    """At most three queries for readers; a few more for those whose office it may be. Needs `item.territory`.

    A page that shows the thread gives its `results` along (`on_thread`), and a row that was read with `answer_due`
    spares the query for the clock.
    """
    answers = list(_answers(item))
    answer = next((row for row in answers if row.replaced_at is None), None)
    due = due_of(item)
    clock = None
    if due is not None:
        clock = clock_of(
            since=due.since, due_at=due.due_at, answered_at=due.answered_at, now=now or timezone.now(),
            zone_name=item.territory.zone,
        )  # fmt: skip
    if results is None:
        results = _results(item, person) if answer is not None else []
    is_office = _may_be_office(person, due) and answers_for(person, item)
    return Standing(
        item=item, answer=answer, former=len(answers) - (answer is not None), due=due, clock=clock,
        owes=_who(item, due.organisation if due else None),
        speaks=_who(item, answer.organisation) if answer else None,
        papers=[Paper(**row) for row in answers[0].papers_beside] if answers else [],  # type: ignore[attr-defined]
        results=list(results),
        may_answer=_may_be_office(person, due) and can_answer(person, item),
        may_take_back=is_office and answer is not None,
        may_ask=_may_be_office(person, due) and can_ask(person, item),
        may_make_result=is_office and can_make_result(person, item, answer),
    )  # fmt: skip


def _answers(item: Item) -> QuerySet[Answer]:
    """All there were, the newest first, with the papers beside the item."""
    papers = Paper.objects.filter(item=OuterRef("item")).order_by("id")
    beside = ArraySubquery(papers.values(row=JSONObject(pk="pk", name="name")))
    rows = Answer.objects.filter(item=item).annotate(papers_beside=beside)
    return rows.select_related("organisation", "by").order_by("-id")


def on_thread(thread: Thread | None) -> list[Follows]:
    """What grew out of the item itself, not of what came before or after it. No query."""
    knots = (
        []
        if thread is None
        else [knot for knot in thread.knots if knot.kind == "result" and knot.depth == 1 and not knot.state]
    )
    return [Follows(knot.path, knot.words) for knot in knots]


def _results(item: Item, person: Person | None) -> list[Follows]:
    rows = visible_to(person).filter(
        kind="result", state="published", links_in__source=item, links_in__kind=LinkKind.GREW_INTO
    )
    return [Follows(row.path, read(row.title, current())) for row in rows.order_by("id")]


def _who(item: Item, organisation: object) -> Reading:
    title: Reading = getattr(organisation, "title", None) or item.territory.title
    return title


def _may_be_office(person: Person | None, due: AnswerDue | None) -> bool:
    """Spares the queries for everybody else: no role, no organisation, nothing handed to her."""
    if person is None or not person.is_member:
        return False
    has_role = bool(person.role_places(RoleName.STEWARD) or acting_ids(person))
    return has_role or (due is not None and due.assigned_to_id == person.pk)


@dataclass(frozen=True)
class Former:
    answer: Answer
    note: str


def former_answers(item: Item) -> list[Former]:
    """Every answer there was, newest first, with what became of it; one query."""
    rows = Answer.objects.filter(item=item).select_related("organisation", "by").order_by("-id")
    return [Former(row, _note(row)) for row in rows]


def _note(answer: Answer) -> str:
    if answer.is_taken_back:
        return _("Taken back")
    return _("Replaced") if answer.replaced_at else _("In force")
