"""Opening a process with its phases, or keeping it as a draft."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.enums import ItemState, PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.services import describe, make_item
from tequio.guards.services import page_changed
from tequio.notifications.services import follow_made
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Phase, PhaseFeature, Process
from ..permissions import can_open
from .plans import PhasePlan, Plan
from .turning import turn_soon


def open_process(
    *,
    title: Field,
    summary: Field,
    background: Field,
    territory: Territory,
    phases: Iterable[PhasePlan],
    languages: Iterable[str],
    by: Actor,
) -> Process:
    """Publish a process; its dates are those of its first and last phase."""
    plan = Plan(title, summary, background, list(phases), list(languages))
    return start_process(plan, territory=territory, by=by)


@transaction.atomic
def start_process(plan: Plan, *, territory: Territory, is_draft: bool = False, by: Actor) -> Process:
    """Make a process as a draft, or at once for everybody."""
    if by is not SYSTEM and not (isinstance(by, Person) and can_open(by, territory)):
        raise Refused(_("Only facilitators and stewards of this place can open a process."))
    if plan.organisation and isinstance(by, Person) and not can_act_for(by, plan.organisation):
        raise Refused(_("Only those who act for the organisation can open something in its name."))
    state = ItemState.DRAFT if is_draft else ItemState.PUBLISHED
    process = make_process(plan, territory=territory, state=state, by=by)
    audit.record("process.open", process, by=by, draft=is_draft)
    page_changed()
    turn_soon(process)
    return process


def make_process(plan: Plan, *, territory: Territory, state: str, by: Actor, **values: Any) -> Process:
    """The rows of a process; called inside a service's transaction, which has asked whether `by` may."""
    item = make_item(
        kind="process", by=by, title=plan.title, summary=plan.summary, territory=territory,
        languages=list(plan.languages), state=state, organisation=plan.organisation,
        opens_at=plan.opens_at, closes_at=plan.closes_at,
    )  # fmt: skip
    process = Process.objects.create(item=item, **rules_of(plan, territory), **values)
    for position, phase in enumerate(plan.phases):
        write_phase(process, position, phase)
    set_addressee(item, plan.answers)
    describe(item, plan.background)
    follow_made(item, by=by)
    return process


def rules_of(plan: Plan, territory: Territory) -> dict[str, Any]:
    """The columns of `Process` as planned."""
    return {
        "background": plan.background, "zone": plan.zone or territory.zone, "blueprint": plan.blueprint,
        "who_may": plan.who_may, "methods": list(plan.methods), "least_age": plan.least_age,
        "most_age": plan.most_age, "answer_due": plan.answer_due,
    }  # fmt: skip


def write_phase(process: Process, position: int, plan: PhasePlan) -> Phase:
    """One phase as planned, with what it opens; an old one keeps its part."""
    values: dict[str, Any] = {"title": plan.title, "opens_at": plan.opens_at, "closes_at": plan.closes_at}
    if plan.pk is None:
        phase = Phase.objects.create(process=process, position=position, part=plan.part, **values)
    else:
        phase = Phase.objects.get(pk=plan.pk, process=process)
        for name, value in {**values, "position": position}.items():
            setattr(phase, name, value)
        phase.save(update_fields=[*values, "position"])
    phase.features.all().delete()
    PhaseFeature.objects.bulk_create(
        PhaseFeature(phase=phase, act=act, kind=kind, who_may=who_may) for act, kind, who_may in plan.features
    )
    return phase


def set_addressee(item: Item, organisation: Organisation | None) -> None:
    """Who answers: one organisation, or with None the place itself."""
    ItemParty.objects.filter(item=item, role=PartyRole.ANSWERS).exclude(organisation=organisation).delete()
    if organisation is not None:
        ItemParty.objects.bulk_create(
            [ItemParty(item=item, organisation=organisation, role=PartyRole.ANSWERS)], ignore_conflicts=True
        )


def ends_of(process: Process) -> tuple[datetime | None, datetime | None]:
    """When a process begins and ends by its phases as they stand."""
    rows = process.phases.order_by("position").values_list("opens_at", "closes_at")
    plan = Plan({}, {}, {}, [PhasePlan({}, opens, closes) for opens, closes in rows])
    return plan.opens_at, plan.closes_at
