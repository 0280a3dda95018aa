"""Processes, for programs: their steps, what each opens for whom, what is open at this moment."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop
from ninja import Query, Router, Schema

from tequio.base.api import READING, Id, Moment, Words, reader, words
from tequio.catalogue.api import ItemOut, ItemRef, PlaceAndPage, find_place, item_ref, item_values, page_of
from tequio.catalogue.selectors import listed
from tequio.people.models import Person

from .models import Process
from .permissions import open_today, visible_to
from .selectors import standings, step_of
from .selectors.page import process_page

router = Router(tags=["ideas"])


class ProcessOut(ItemOut):
    """`step` of `steps` is where it stands; 0 before the first one has begun."""

    step: int
    steps: int


class ProcessList(Schema):
    processes: list[ProcessOut]
    next: str | None


class FeatureOut(Schema):
    """`act` (create, comment, support, answer) is open on things of `kind` for `who_may`."""

    act: str
    kind: str
    who_may: str


class PhaseOut(Schema):
    position: int
    title: Words | None
    opens_at: Moment | None
    closes_at: Moment | None
    state: str
    part: ItemRef | None
    features: list[FeatureOut]


class KindCount(Schema):
    kind: str
    number: int


class Open(Schema):
    """What is open at this moment, by the clock of the database."""

    open_today: list[FeatureOut]


class ProcessWhole(ProcessOut, Open):
    """`methods`: the ways of verifying residents that count, none for all. Ages are by the year of birth."""

    background: Words | None
    zone: str
    who_may: str
    methods: list[str]
    least_age: int | None
    most_age: int | None
    answer_due: date | None
    answers: int | None
    organisers: list[int]
    phases: list[PhaseOut]
    counts: list[KindCount]


def find_process(person: Person | None, pk: int) -> Process:
    """One she may see; else as absent."""
    rows = visible_to(person).select_related("item__territory", "item__author", "item__organisation")
    return get_object_or_404(rows, pk=pk)


def _open(process: Process) -> list[FeatureOut]:
    rows = sorted(open_today(process).items())
    return [FeatureOut(act=act, kind=kind, who_may=who_may) for (act, kind), who_may in rows]


@router.get("/processes", response={200: ProcessList, **READING}, summary=noop("Processes, newest first"))
def list_processes(request: HttpRequest, filters: Query[PlaceAndPage]) -> ProcessList:
    items = listed(reader(request, "ideas"), kind="process", territory_id=find_place(filters.territory))
    page = page_of(items, filters)
    where = standings(item.pk for item in page.items)
    rows = []
    for item in page.items:
        standing = where.get(item.pk)
        step, steps = (standing.number, standing.total) if standing else (0, 0)
        rows.append(ProcessOut(**item_values(item), step=step, steps=steps))
    return ProcessList(processes=rows, next=page.older or None)


@router.get(
    "/processes/{pk}", response={200: ProcessWhole, **READING}, summary=noop("One process with its steps")
)
def get_process(request: HttpRequest, pk: Id) -> ProcessWhole:
    person: Person | None = reader(request, "ideas")
    process = find_process(person, pk)
    page = process_page(person, process)
    number, _now = step_of(page.phases)
    return ProcessWhole(
        **item_values(process.item),
        step=number,
        steps=len(page.phases),
        background=words(process.background),
        zone=process.zone,
        who_may=process.who_may,
        methods=process.methods,
        least_age=process.least_age,
        most_age=process.most_age,
        answer_due=process.answer_due,
        answers=page.addressee.organisation_id if page.addressee else None,
        organisers=[party.organisation_id for party in page.organisers if party.organisation_id],
        phases=[
            PhaseOut(
                position=line.phase.position,
                title=words(line.phase.title),
                opens_at=line.phase.opens_at,
                closes_at=line.phase.closes_at,
                state=line.phase.step,
                part=item_ref(line.phase.part) if line.phase.part else None,
                features=[
                    FeatureOut(act=row["act"], kind=row["kind"], who_may=row["who_may"] or process.who_may)
                    for row in line.features
                ],
            )
            for line in page.lines
        ],
        counts=[KindCount(kind=one.kind, number=one.number) for one in page.numbers],
        open_today=_open(process),
    )


@router.get(
    "/processes/{pk}/open",
    response={200: Open, **READING},
    summary=noop("What a process opens at this moment"),
)
def get_open(request: HttpRequest, pk: Id) -> Open:
    """Nothing where it is not shown: then nobody can act in it."""
    process = find_process(reader(request, "ideas"), pk)
    return Open(open_today=_open(process) if process.item.is_shown else [])
