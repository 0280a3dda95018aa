"""Results: what came of an answer that said yes, told step by step to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.enums import Comments, ItemState, LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, link_items, make_item
from tequio.catalogue.services.revisions import keep_revision
from tequio.guards.services import page_changed
from tequio.notifications.services import follow_along, follow_made
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for
from tequio.people.models import Person

from ..enums import MilestoneState
from ..models import Answer, Milestone, Result, Spending
from ..permissions import can_make_result, can_run
from .notices import tell_of_end, tell_of_result, tell_of_step

MOST_STEPS = 50
OVER = (MilestoneState.DONE, MilestoneState.DROPPED)


@dataclass(frozen=True)
class Step:
    title: Field
    due: date | None = None


@dataclass(frozen=True)
class Plan:
    """What a result says of itself. `planned` in the smallest coin of `currency`."""

    title: Field
    summary: Field = field(default_factory=dict)
    body: Field = field(default_factory=dict)
    planned: int | None = None
    currency: str = ""
    organisation: Organisation | None = None


@transaction.atomic
def make_result(source: Item, plan: Plan, *, steps: Sequence[Step] = (), by: Person) -> Result:
    """Begin to tell what comes of `source`, which was accepted. Who follows that follows this."""
    answer = Answer.objects.filter(item=source, replaced_at=None).first()
    if not can_make_result(by, source, answer):
        raise Refused(_("A result begins with an answer that says yes, by those who gave it."))
    _check(plan, by)
    item = make_item(
        kind="result", by=by, title=plan.title, summary=plan.summary, territory=source.territory,
        languages=source.languages, audience=source.audience, organisation=source.organisation,
        comments=Comments.ONE_COLUMN, state=ItemState.PUBLISHED, place_name=source.place_name,
        latitude=source.latitude, longitude=source.longitude,
    )  # fmt: skip
    result = Result.objects.create(
        item=item,
        body=plan.body,
        planned=plan.planned,
        currency=plan.currency,
        organisation=plan.organisation,
    )
    describe(item, plan.body)
    link_items(source, item, LinkKind.GREW_INTO, by=by)
    Milestone.objects.bulk_create(
        Milestone(result=result, position=position, title=step.title, due=step.due, first_due=step.due)
        for position, step in enumerate(steps[:MOST_STEPS])
    )
    audit.record("result.make", result, by=by, source=source.pk, steps=len(steps))
    follow_along([source.pk], item)
    follow_made(item, by=by)
    tell_of_result(result, [source], by=by)
    page_changed()
    return result


def _check(plan: Plan, by: Person, before: Organisation | None = None) -> None:
    if plan.planned is not None and not plan.currency:
        raise ValueError("money has a currency")
    if (
        plan.organisation is not None
        and plan.organisation != before
        and not can_act_for(by, plan.organisation)
    ):
        raise Refused(_("You cannot speak for this organisation."))


@transaction.atomic
def edit_result(result: Result, plan: Plan, *, why: str = "", by: Person) -> Result:
    """Other words or another plan; what was said before stays in the history."""
    row = _lock(result, by)
    _check(plan, by, row.organisation)
    if plan.currency != row.currency and row.spendings.exists():
        raise Refused(_("Money was spent in this currency already. It stays."), code="currency")
    item = row.item
    changed = {
        "title": (item.title, plan.title),
        "summary": (item.summary, plan.summary),
        "body": (row.body, plan.body),
    }
    keep_revision(item, changed, by=by, why=why)
    item.title, item.summary = plan.title, plan.summary
    item.save(update_fields=["title", "summary"])
    before = row.planned
    row.body, row.planned, row.currency, row.organisation = (
        plan.body, plan.planned, plan.currency, plan.organisation,
    )  # fmt: skip
    row.save(update_fields=["body", "planned", "currency", "organisation"])
    describe(item, plan.body)
    audit.record("result.edit", row, by=by, planned=plan.planned, planned_before=before)
    page_changed()
    return row


@transaction.atomic
def add_step(result: Result, step: Step, *, by: Person) -> Milestone:
    """One more step, after the last one."""
    row = _lock(result, by)
    last = row.milestones.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    if position >= MOST_STEPS:
        raise Refused(_("A result has at most 50 steps."), code="many")
    made = Milestone.objects.create(
        result=row, position=position, title=step.title, due=step.due, first_due=step.due
    )
    audit.record("milestone.add", made, by=by, due=str(step.due or ""))
    page_changed()
    return made


@transaction.atomic
def change_step(milestone: Milestone, *, state: str, due: date | None, delay: Field, by: Person) -> Milestone:
    """Where a step stands, and its day. Another day, or giving it up, needs a reason (Refused, code "delay").

    The first day stays beside the new one.
    """
    if state not in MilestoneState.values:
        raise ValueError(f"unknown state: {state!r}")
    _lock(milestone.result, by)
    row = (
        Milestone.objects.select_for_update(of=("self",)).select_related("result__item").get(pk=milestone.pk)
    )
    is_moved = row.first_due is not None and due != row.due
    is_dropped = state == MilestoneState.DROPPED and row.state != state
    if (is_moved or is_dropped) and not delay:
        raise Refused(_("Say why. People counted on this day."), code="delay")
    if (row.state, row.due, row.delay) == (state, due, delay):
        return row
    is_news = (row.state, row.due) != (state, due)
    before = row.due
    row.first_due = row.first_due or due
    row.state, row.due, row.delay = state, due, delay
    row.done_at = (row.done_at or timezone.now()) if state == MilestoneState.DONE else None
    row.save()
    if is_news:
        tell_of_step(row, by=by)
    audit.record(
        "milestone.change", row, by=by, state=str(state), due=str(due or ""), due_before=str(before or "")
    )
    page_changed()
    return row


@transaction.atomic
def spend_on(result: Result, *, on: date, amount: int, what: Field, by: Person) -> Spending:
    """Write down money that was spent, in the smallest coin; what was written wrongly is corrected by a line with minus."""
    row = _lock(result, by)
    if not row.currency:
        raise Refused(_("Say first in which currency the money is planned."), code="currency")
    if amount == 0:
        raise ValueError("a line of nothing")
    spent = row.spendings.aggregate(sum=Sum("amount"))["sum"] or 0
    if spent + amount < 0:
        raise Refused(_("This takes back more than was spent."), code="minus")
    line = Spending.objects.create(result=row, on=on, amount=amount, what=what)
    audit.record("result.spend", line, by=by, result=row.pk, amount=amount)
    page_changed()
    return line


@transaction.atomic
def finish(result: Result, *, by: Person) -> Result:
    """It is there. Every step is done or given up before (Refused, code "open")."""
    row = _lock(result, by)
    if row.finished_at is not None:
        return row
    if row.milestones.exclude(state__in=OVER).exists():
        raise Refused(_("Some steps are still open. Mark each as done or given up."), code="open")
    row.finished_at = timezone.now()
    row.save(update_fields=["finished_at"])
    tell_of_end(row, by=by)
    audit.record("result.finish", row, by=by)
    page_changed()
    return row


@transaction.atomic
def go_on(result: Result, *, by: Person) -> Result:
    """It was not finished after all."""
    row = _lock(result, by)
    if row.finished_at is not None:
        row.finished_at = None
        row.save(update_fields=["finished_at"])
        audit.record("result.go_on", row, by=by)
        page_changed()
    return row


def _lock(result: Result, by: Person) -> Result:
    rows = Result.objects.select_for_update(of=("self",)).select_related("item__territory", "organisation")
    row = rows.get(pk=result.pk)
    if not can_run(by, row):
        raise Refused(_("Only those who look after this result can change it."))
    return row
