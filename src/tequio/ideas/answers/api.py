"""Answers, what is owed, how a place answers, results: for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema

from tequio.base.api import PAGE, READING, Cursor, Id, Moment, Size, Words, reader, words
from tequio.base.links import absolute
from tequio.base.money import units_of
from tequio.catalogue.api import ItemOut, ItemRef, PlaceAndPage, find_place, item_ref, item_values, page_of
from tequio.catalogue.permissions import visible_to
from tequio.catalogue.selectors import listed, read_cursor
from tequio.territories.api import Code
from tequio.territories.models import Territory

from .models import Answer, AnswerDue, Milestone, Paper, Result, Spending
from .permissions import public_dues, results_visible_to
from .selectors.results import judged
from .selectors.scoreboard import MOST_LATE, owed_in, scoreboard_of

router = Router(tags=["ideas"])


class DueOut(Schema):
    """`organisation`: who owes it; null is the place itself. `is_late`: later than the moment, given or not."""

    item: ItemRef
    because: str
    organisation: int | None
    asked_at: Moment
    due_at: Moment
    answered_at: Moment | None
    is_late: bool


class PaperOut(Schema):
    id: int
    name: Words | None
    url: str


class AnswerOut(Schema):
    """`replaced_at`: when it was in force no more; `is_taken_back` where nothing took its place."""

    id: int
    decision: str
    reasons: Words | None
    by: str
    office: str
    organisation: int | None
    at: Moment
    replaced_at: Moment | None
    is_taken_back: bool


class Answers(Schema):
    due: DueOut | None
    answers: list[AnswerOut]
    papers: list[PaperOut]


class DuePage(Schema):
    due: list[DueOut]
    next: str | None


class DueFilters(Schema):
    territory: Code = ""
    late: Annotated[bool, Field(description="Only what is late and not answered.")] = False
    limit: Size = PAGE
    cursor: Cursor = ""


class TallyOut(Schema):
    """`median_days`: from asking to answering, null where nothing was answered."""

    in_time: int
    answered_late: int
    waiting: int
    late: int
    median_days: int | None


class ScoreboardOut(Schema):
    tally: TallyOut
    decisions: dict[str, int]
    results: dict[str, int]
    late: list[DueOut]


class MilestoneOut(Schema):
    title: Words | None
    state: str
    due: date | None
    first_due: date | None
    delay: Words | None
    done_at: Moment | None


class SpendingOut(Schema):
    """`amount`: a decimal number of whole units of the currency; a correction has a minus."""

    on: date
    amount: str
    what: Words | None


class ResultWhole(ItemOut):
    """`judged`: how many said yes, partly, no; empty as long as fewer than five did."""

    body: Words | None
    planned: str | None
    currency: str
    finished_at: Moment | None
    milestones: list[MilestoneOut]
    spendings: list[SpendingOut]
    papers: list[PaperOut]
    judged: dict[str, int]


class ResultPage(Schema):
    results: list[ItemOut]
    next: str | None


def _due(row: AnswerDue) -> DueOut:
    return DueOut(
        item=item_ref(row.item), because=row.because, organisation=row.organisation_id, asked_at=row.since,
        due_at=row.due_at, answered_at=row.answered_at,
        is_late=(row.answered_at or timezone.now()) > row.due_at,
    )  # fmt: skip


def _papers(item: int) -> list[PaperOut]:
    rows = Paper.objects.filter(item=item).order_by("id")
    return [
        PaperOut(id=row.pk, name=words(row.name), url=absolute(reverse("answers:paper", args=[row.pk])))
        for row in rows
    ]


@router.get(
    "/items/{pk}/answers", response={200: Answers, **READING}, summary=noop("Official answers to an item")
)
def list_answers(request: HttpRequest, pk: Id) -> Answers:
    item = get_object_or_404(visible_to(reader(request, "ideas")), pk=pk)
    due = AnswerDue.objects.filter(item=item).select_related("item").first()
    rows = Answer.objects.filter(item=item).select_related("by").order_by("-id")
    return Answers(
        due=_due(due) if due else None,
        answers=[
            AnswerOut(
                id=row.pk, decision=row.decision, reasons=words(row.reasons),
                by=row.by.shown_name if row.by else "", office=row.office, organisation=row.organisation_id,
                at=row.at, replaced_at=row.replaced_at, is_taken_back=row.is_taken_back,
            )
            for row in rows
        ],
        papers=_papers(item.pk),
    )  # fmt: skip


@router.get(
    "/answers/due", response={200: DuePage, **READING}, summary=noop("Answers that are owed, soonest first")
)
def list_due(request: HttpRequest, filters: Query[DueFilters]) -> DuePage:
    reader(request, "ideas")
    territory = find_place(filters.territory)
    place = Territory.objects.filter(pk=territory).first() if territory else None
    rows = (owed_in(place) if place else public_dues()).filter(answered_at=None)
    if filters.late:
        rows = rows.filter(due_at__lt=timezone.now())
    cursor = read_cursor(filters.cursor)
    if cursor is not None:
        at, pk = cursor
        rows = rows.filter(due_at__gt=at) | rows.filter(due_at=at, item__gt=pk)
    found = list(rows.select_related("item").order_by("due_at", "item")[: filters.limit + 1])
    shown = found[: filters.limit]
    more = f"{shown[-1].due_at.isoformat()}_{shown[-1].pk}" if len(found) > filters.limit else None
    return DuePage(due=[_due(row) for row in shown], next=more)


@router.get(
    "/territories/{code}/answers",
    response={200: ScoreboardOut, **READING},
    summary=noop("How a place answers"),
)
def get_scoreboard(request: HttpRequest, code: Code) -> ScoreboardOut:
    reader(request, "ideas")
    board = scoreboard_of(get_object_or_404(Territory, code=code))
    tally = board.tally
    return ScoreboardOut(
        tally=TallyOut(
            in_time=tally.in_time, answered_late=tally.answered_late, waiting=tally.waiting, late=tally.late,
            median_days=tally.days,
        ),
        decisions=board.decisions, results=board.results,
        late=[_due(row.due) for row in board.late[:MOST_LATE]],
    )  # fmt: skip


@router.get("/results", response={200: ResultPage, **READING}, summary=noop("Results, newest first"))
def list_results(request: HttpRequest, filters: Query[PlaceAndPage]) -> ResultPage:
    items = listed(reader(request, "ideas"), kind="result", territory_id=find_place(filters.territory))
    page = page_of(items, filters)
    return ResultPage(results=[ItemOut(**item_values(item)) for item in page.items], next=page.older or None)


@router.get("/results/{pk}", response={200: ResultWhole, **READING}, summary=noop("One result, step by step"))
def get_result(request: HttpRequest, pk: Id) -> ResultWhole:
    rows = results_visible_to(reader(request, "ideas")).select_related("item__territory")
    result = get_object_or_404(rows, pk=pk)
    return ResultWhole(
        **item_values(result.item),
        body=words(result.body),
        planned=None if result.planned is None else str(units_of(result.planned, result.currency)),
        currency=result.currency,
        finished_at=result.finished_at,
        milestones=_milestones(result),
        spendings=_spendings(result),
        papers=_papers(result.pk),
        judged={share.verdict: share.number for share in judged(result, None).shares},
    )


def _milestones(result: Result) -> list[MilestoneOut]:
    return [
        MilestoneOut(
            title=words(row.title), state=row.state, due=row.due, first_due=row.first_due,
            delay=words(row.delay), done_at=row.done_at,
        )
        for row in Milestone.objects.filter(result=result).order_by("position")
    ]  # fmt: skip


def _spendings(result: Result) -> list[SpendingOut]:
    return [
        SpendingOut(on=row.on, amount=str(units_of(row.amount, result.currency)), what=words(row.what))
        for row in Spending.objects.filter(result=result).order_by("on", "id")
    ]
