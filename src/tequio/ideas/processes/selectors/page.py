"""The page of one process: what is open now, its steps, what stands in it, who looks after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.db.models.functions import JSONObject, Now
from django.utils.functional import Promise

from tequio.catalogue.enums import KINDS, Bar, ItemState, PartyRole, WhoMay
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.permissions import can_see, visible_to
from tequio.organisations.permissions import acting_ids
from tequio.people.models import Person

from ..enums import FEATURES, Act
from ..models import DateChange, Phase, PhaseFeature, Process
from ..permissions import bar, can_organise
from .timeline import Timeline, timeline_of

NEWEST = 6
KINDS_IN_IT = ("problem", "idea", "conversation", "result")


@dataclass(frozen=True)
class Opened:
    """Something a phase opens: its words, and for whom."""

    act: str
    kind: str
    words: str | Promise
    who: str | Promise
    bar: str = Bar.NONE


@dataclass(frozen=True)
class PhaseLine:
    """One step as its page shows it; `opened` only says what, not whether its reader may. `features` are its rows."""

    phase: Phase
    opened: list[Opened]
    features: list[dict[str, str]]


@dataclass(frozen=True)
class Numbers:
    """How many things of a kind stand in it."""

    kind: str
    word: str | Promise
    number: int


@dataclass(frozen=True)
class ProcessPage:
    lines: list[PhaseLine]
    open_now: list[Opened]
    timeline: Timeline | None
    numbers: list[Numbers]
    newest: list[Item]
    organisers: list[ItemParty]
    addressee: ItemParty | None
    changes: list[DateChange] = field(default_factory=list)
    may_organise: bool = False
    asked_for: list[ItemParty] = field(default_factory=list)

    @property
    def phases(self) -> list[Phase]:
        return [line.phase for line in self.lines]

    def may(self, act: str, kind: str) -> bool:
        return any(one.act == act and one.kind == kind and not one.bar for one in self.open_now)

    @property
    def may_report(self) -> bool:
        return self.may(Act.CREATE, "problem")

    @property
    def may_propose(self) -> bool:
        return self.may(Act.CREATE, "idea")

    @property
    def bars(self) -> set[str]:
        """What keeps its reader from something that is open."""
        return {one.bar for one in self.open_now if one.bar}


def process_page(person: Person | None, process: Process) -> ProcessPage:
    """Five queries. The item of `process` must be at hand, with its place."""
    phases = phases_with_features(process, person)
    running = {phase.pk for phase in phases if phase.is_running}
    lines = [PhaseLine(phase, _opened(phase.opens, process), phase.opens) for phase in phases]
    keep_open_today(process, phases)
    parties = _parties(process)
    organisers = [party for party in parties if party.role == PartyRole.ORGANISER]
    numbers = _numbers(process, person)
    return ProcessPage(
        lines=lines,
        open_now=_open_now(
            person, process, [one for line in lines if line.phase.pk in running for one in line.opened]
        ),
        timeline=timeline_of(phases),
        numbers=numbers,
        newest=_newest(process, person) if numbers else [],
        organisers=[party for party in organisers if party.accepted_at is not None],
        addressee=next((party for party in parties if party.role == PartyRole.ANSWERS), None),
        changes=list(process.date_changes.order_by("-id")[:20]),
        may_organise=_may_organise(person, process, organisers),
        asked_for=[
            p for p in organisers if p.accepted_at is None and p.organisation_id in acting_ids(person)
        ],
    )


def phases_with_features(process: Process, person: Person | None) -> list[Any]:
    """In order, each with `opens` (rows of act, kind, who_may) and `is_running` by the database's clock.

    A part she may not see is left out; the step itself stays.
    """
    opened = PhaseFeature.objects.filter(phase=OuterRef("pk")).order_by("id")
    rows = opened.values(row=JSONObject(pk="pk", act="act", kind="kind", who_may="who_may"))
    is_running = Q(Q(opens_at=None) | Q(opens_at__lte=Now()), Q(closes_at=None) | Q(closes_at__gt=Now()))
    phases: list[Any] = list(
        process.phases.select_related("part__part_of", "part__territory")
        .annotate(opens=ArraySubquery(rows), is_running=is_running)
        .order_by("position")
    )
    for phase in phases:
        if phase.part is not None and not can_see(person, phase.part):
            phase.part = None
    return phases


def keep_open_today(process: Process, phases: Iterable[Any]) -> None:
    """What `open_today` would read again."""
    rows = sorted(
        (row for phase in phases if phase.is_running for row in phase.opens), key=lambda row: -row["pk"]
    )
    process.__dict__["_open_today"] = {
        (row["act"], row["kind"]): row["who_may"] or process.who_may for row in rows
    }


def _opened(rows: list[dict[str, str]], process: Process) -> list[Opened]:
    named = [(row, FEATURES.get((Act(row["act"]), row["kind"]))) for row in rows]
    return [
        Opened(row["act"], row["kind"], words, WhoMay(row["who_may"] or process.who_may).label)
        for row, words in named
        if words is not None
    ]


def _open_now(person: Person | None, process: Process, opened: list[Opened]) -> list[Opened]:
    """Each thing once, with what keeps its reader from it."""
    found: dict[tuple[str, str], Opened] = {}
    place = process.item.territory
    for one in opened:
        keeps = bar(person, one.act, one.kind, process=process, territory=place)
        found.setdefault((one.act, one.kind), Opened(one.act, one.kind, one.words, one.who, keeps))
    return [one for one in found.values() if one.bar != Bar.NOW]


def _parties(process: Process) -> list[ItemParty]:
    rows = process.item.parties.filter(role__in=[PartyRole.ORGANISER, PartyRole.ANSWERS])
    return list(rows.select_related("person", "organisation__territory").order_by("position", "id"))


def _may_organise(person: Person | None, process: Process, organisers: list[ItemParty]) -> bool:
    """As `can_organise`, from the parties at hand."""
    if person is None or person.is_guest or not person.is_active:
        return False
    acting = acting_ids(person)
    is_named = any(
        party.accepted_at and (party.person_id == person.pk or party.organisation_id in acting)
        for party in organisers
    )
    return is_named or can_organise(person, process, named=False)


def _numbers(process: Process, person: Person | None) -> list[Numbers]:
    shown = visible_to(person).filter(entry__process=process, state=ItemState.PUBLISHED, hidden_by="")
    rows = dict(shown.order_by().values_list("kind").annotate(number=Count("pk")))
    return [Numbers(kind, KINDS[kind].word, rows[kind]) for kind in KINDS_IN_IT if rows.get(kind)]


def _newest(process: Process, person: Person | None) -> list[Item]:
    shown = visible_to(person).filter(entry__process=process, state=ItemState.PUBLISHED, hidden_by="")
    return list(shown.select_related("territory", "count").order_by("-entry__item_id")[:NEWEST])
