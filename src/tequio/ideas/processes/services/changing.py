"""Changing a process that stands: its words keep their history, its dates a public reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, publish_item, set_state
from tequio.catalogue.services.revisions import keep_revision
from tequio.catalogue.services.screening import Said
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import DateChange, Phase, Process
from ..permissions import can_change, can_organise, can_publish, can_withdraw
from ..selectors.organising import version_of
from .locking import lock
from .looking import look_at_change, said_by, said_in_process
from .opening import ends_of, rules_of, set_addressee, write_phase
from .plans import PhasePlan, Plan
from .turning import turn_soon

LONGEST_REASON = 300


@transaction.atomic
def change_process(
    process: Process,
    plan: Plan,
    *,
    seen: str = "",
    reason: str = "",
    filling: Filling | None = None,
    by: Person,
) -> Process:
    """Change words, rules and phases; what people wrote in it stays.

    Where dates of a published process change, `reason` says why, to everybody: Refused with code "reason" without
    one. `seen` is the version the organiser started from; Refused with code "changed" where it is another now.
    Of one that members opened together, riskier words wait for a moderator.
    """
    process = _locked(process, by)
    item = process.item
    if not can_change(by, process):
        raise Refused(
            _("Others have signed it as it stands. Withdraw it and write a new one to change it."),
            code="signed",
        )
    if seen and seen != version_of(process):
        raise Refused(
            _("Somebody changed this process while you were writing. Look at it before you save over it."),
            code="changed",
        )
    changes = list(date_changes(process, plan.phases))
    if changes and item.state == ItemState.PUBLISHED:
        if not reason:
            raise Refused(_("Say why the dates change. Everybody reads it."), code="reason")
        _keep(changes, reason, by)
    look_at_change(process, said_in_process(process), said_by(plan, reason=reason), filling=filling, by=by)
    _write(process, plan, by)
    audit.record("process.change", process, by=by, dates=len(changes))
    page_changed()
    turn_soon(process)
    return process


def _write(process: Process, plan: Plan, by: Person) -> None:
    item = process.item
    changed = {
        "title": (item.title, plan.title),
        "summary": (item.summary, plan.summary),
        "body": (process.background, plan.background),
    }
    item.title, item.summary, item.languages = plan.title, plan.summary, list(plan.languages)
    item.opens_at, item.closes_at = plan.opens_at, plan.closes_at
    item.save(update_fields=["title", "summary", "languages", "opens_at", "closes_at"])
    rules = rules_of(plan, item.territory)
    rules.pop("blueprint")
    for name, value in {**rules, "turned_at": None}.items():
        setattr(process, name, value)
    process.save(update_fields=[*rules, "turned_at"])
    kept = [phase.pk for phase in plan.phases if phase.pk is not None]
    process.phases.exclude(pk__in=kept).delete()
    # Out of the way first: two phases never share a position, not even while they change places.
    for number, pk in enumerate(kept):
        process.phases.filter(pk=pk).update(position=1_000 + number)
    for position, phase in enumerate(plan.phases):
        write_phase(process, position, phase)
    process.__dict__.pop("_open_today", None)
    set_addressee(item, plan.answers)
    describe(item, plan.background)
    keep_revision(item, changed, by=by)


def date_changes(process: Process, plans: Sequence[PhasePlan]) -> Iterator[DateChange]:
    """What changes of its dates, one row for each step: moved, new or taken away."""
    now = timezone.now()
    phases = {phase.pk: phase for phase in process.phases.order_by("position")}
    for plan in plans:
        phase = phases.pop(plan.pk or 0, None)
        if phase is None:
            yield DateChange(
                process=process,
                title=plan.title,
                opens_at=plan.opens_at,
                closes_at=plan.closes_at,
                is_new=True,
            )
        elif (phase.opens_at, phase.closes_at) != (plan.opens_at, plan.closes_at):
            yield _moved(phase, plan, now)
    for phase in phases.values():
        yield _gone(phase)


def _moved(phase: Phase, plan: PhasePlan, now: datetime) -> DateChange:
    was_over = phase.closes_at is not None and phase.closes_at <= now
    is_over = plan.closes_at is not None and plan.closes_at <= now
    return DateChange(
        process=phase.process, title=plan.title, opened_before=phase.opens_at, closed_before=phase.closes_at,
        opens_at=plan.opens_at, closes_at=plan.closes_at, was_over=was_over and not is_over,
    )  # fmt: skip


def _gone(phase: Phase) -> DateChange:
    return DateChange(
        process=phase.process, title=phase.title, opened_before=phase.opens_at,
        closed_before=phase.closes_at, is_gone=True,
    )  # fmt: skip


def _keep(changes: list[DateChange], reason: str, by: Person) -> None:
    for change in changes:
        change.reason, change.by = reason[:LONGEST_REASON], by
    DateChange.objects.bulk_create(changes)


@transaction.atomic
def publish_process(process: Process, *, by: Person) -> None:
    process = _locked(process, by)
    if not can_publish(by, process):
        raise Refused(_("Only facilitators and stewards of this place can open a process."))
    publish_item(process.item, by=by)
    # What was changed while nobody saw it is looked at as if it were new.
    look_at_change(process, Said({}), said_in_process(process), by=by)
    Process.objects.filter(pk=process.pk).update(turned_at=None)
    audit.record("process.publish", process, by=by)
    turn_soon(process)


@transaction.atomic
def close_process(process: Process, *, reason: str, by: Person) -> None:
    """End it now: the steps under way end, those to come do not take place. The reason is public."""
    if not reason:
        raise Refused(_("Say why the dates change. Everybody reads it."), code="reason")
    process = _locked(process, by)
    now, changes = timezone.now(), []
    for phase in process.phases.order_by("-position"):
        if phase.opens_at is not None and phase.opens_at > now:
            changes.append(_gone(phase))
            phase.delete()
        elif phase.closes_at is None or phase.closes_at > now:
            changes.append(_moved(phase, PhasePlan(phase.title, phase.opens_at, now), now))
            phase.closes_at = now
            phase.save(update_fields=["closes_at"])
    _keep(changes[::-1], reason, by)
    opens, closes = ends_of(process)
    is_turned = opens is not None and opens >= now
    Item.objects.filter(pk=process.pk).update(opens_at=None if is_turned else opens, closes_at=closes or now)
    Process.objects.filter(pk=process.pk).update(turned_at=None)
    audit.record("process.close", process, by=by)
    page_changed()
    turn_soon(process)


@transaction.atomic
def withdraw_process(process: Process, *, by: Person) -> None:
    """Take it out of sight. What people wrote in it stays; nothing of it is open any more."""
    process = _locked(process, by)
    if not can_withdraw(by, process):
        raise Refused(_("A moderator reads it first. It can be withdrawn after the decision."), code="held")
    set_state(process.item, ItemState.WITHDRAWN, by=by)
    audit.record("process.withdraw", process, by=by)
    turn_soon(process)


def _locked(process: Process, by: Person) -> Process:
    process = lock(process.pk)
    if not can_organise(by, process):
        raise Refused(_("Only those who look after this process can change it."))
    return process
