"""A steward says that an organisation is who it says, that this has ended, and that its register is trusted."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import page_changed
from tequio.people.enums import Method
from tequio.people.models import Person
from tequio.people.selectors.residence import verifying_in
from tequio.territories.models import Territory

from ..models import Organisation, RegisterGrant, Verification, today
from ..permissions import can_verify
from .organisations import lock


@transaction.atomic
def verify(
    organisation: Organisation, *, method: str, checked_on: date, evidence: str, by: Person
) -> Verification:
    """Stand for it in public: how it was found out, when, and what was seen."""
    locked = _verifiable(organisation, by)
    if locked.is_verified:
        raise Refused(_("Another steward has verified it meanwhile."))
    if checked_on > today():
        raise Refused(_("This day is still to come."))
    row = Verification.objects.create(
        organisation=locked, method=method, checked_on=checked_on, evidence=evidence, by=by
    )
    locked.verification, locked.asked_at = row, None
    locked.save(update_fields=["verification", "asked_at"])
    audit.record("organisation.verify", locked, by=by, method=str(method))
    page_changed()
    return row


@transaction.atomic
def end_verification(organisation: Organisation, *, reason: str, by: Person) -> None:
    """It is not so any more. What its register may do ends with it."""
    locked = _verifiable(organisation, by)
    if not reason:
        raise Refused(_("Write the reason. It stands on the page of the organisation."))
    if locked.verification is None or not locked.is_verified:
        raise Refused(_("It is not verified any more."))
    row, now = locked.verification, timezone.now()
    row.ended_at, row.ended_by, row.reason = now, by, reason
    row.save(update_fields=["ended_at", "ended_by", "reason"])
    RegisterGrant.objects.filter(organisation=locked, ended_at=None).update(ended_at=now)
    audit.record("organisation.unverify", locked, by=by)
    page_changed()


@transaction.atomic
def allow_register(organisation: Organisation, territory: Territory, *, by: Person) -> RegisterGrant:
    """Its list of members may confirm who lives in `territory`, of which `by` is a steward."""
    locked = _verifiable(organisation, by)
    if not locked.is_verified:
        raise Refused(_("Verify the organisation first."))
    if not by.holds("steward", territory):
        raise Refused(_("Only a steward of that place can allow this."))
    if not verifying_in(territory).allows(Method.REGISTER):
        raise Refused(_("This place does not verify by registers. Change its rules first."))
    row, _is_new = RegisterGrant.objects.get_or_create(
        organisation=locked, territory=territory, ended_at=None, defaults={"granted_by": by}
    )
    audit.record("register.allow", row, by=by, territory=territory.pk)
    return row


@transaction.atomic
def stop_register(organisation: Organisation, *, reason: str = "", by: Person) -> int:
    """Its list confirms nobody any more. Returns how many places that concerns."""
    locked = _verifiable(organisation, by)
    number = RegisterGrant.objects.filter(organisation=locked, ended_at=None).update(
        ended_at=timezone.now(), reason=reason
    )
    if number:
        audit.record("register.stop", locked, by=by)
    return number


def _verifiable(organisation: Organisation, by: Person) -> Organisation:
    locked = lock(organisation)
    if not can_verify(by, locked):
        raise Refused(_("Only a steward of its place who does not run it can say this."))
    return locked
