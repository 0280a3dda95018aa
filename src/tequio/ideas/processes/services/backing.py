"""Any few members of a place open a process there: one writes it, others sign under its link."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.catalogue.enums import ItemState
from tequio.catalogue.services import publish_item
from tequio.catalogue.services.screening import screen
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Backing, Process
from ..permissions import can_propose, can_sign
from ..selectors.rules import rule_in
from .locking import lock
from .looking import said_by
from .opening import make_process
from .plans import Plan
from .turning import turn_soon

PROPOSED_A_DAY = 3


@transaction.atomic
def propose_process(
    plan: Plan, *, territory: Territory, filling: Filling | None = None, by: Person
) -> Process:
    """A draft that waits for signatures; whoever proposes it signs first and looks after it later.

    What looks risky is read by a moderator before others read it by its link and sign.
    """
    if not can_propose(by, territory):
        raise Refused(_("Only people who live in this place can open a process there together."))
    spend("process", who=by.audit_id, limit=PROPOSED_A_DAY, seconds=86_400)
    process = make_process(plan, territory=territory, state=ItemState.DRAFT, by=by, signing=uuid.uuid4())
    screen(process.item, said_by(plan), filling=filling, by=by)
    audit.record("process.propose", process, by=by, state=process.item.state)
    _sign(process, by)
    return process


@transaction.atomic
def sign_process(process: Process, *, by: Person) -> bool:
    """Sign once; with the last signature that was missing it opens. Whether it did."""
    # Two last signers follow one another, so that it opens once.
    process = lock(process.pk)
    if not can_sign(by, process):
        raise Refused(_("You cannot sign this. It is for people who live there, while it waits."))
    return _sign(process, by)


def _sign(process: Process, by: Person) -> bool:
    Backing.objects.bulk_create([Backing(process=process, person=by)], ignore_conflicts=True)
    audit.record("process.sign", process, by=by)
    openers = rule_in(process.item.territory_id).openers
    if not process.is_gathering or process.backings.filter(person__is_active=True).count() < openers:
        return False
    publish_item(process.item, by=by)
    audit.record("process.open_together", process, by=by)
    page_changed()
    turn_soon(process)
    return True


@transaction.atomic
def take_signature_back(process: Process, *, by: Person) -> None:
    """As long as it is not open; whoever proposed it withdraws it instead."""
    process = lock(process.pk)
    is_signed_by_link = process.is_gathering or process.waits_for_reading
    if not is_signed_by_link or process.item.author_id == by.pk:
        raise Refused(_("This signature cannot be taken back any more."))
    if Backing.objects.filter(process=process, person=by).delete()[0]:
        audit.record("process.unsign", process, by=by)
