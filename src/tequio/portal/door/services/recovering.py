"""When a member lost every address: a steward who knows her in person vouches for a new one.

The old addresses are told, days pass, and whoever signs in meanwhile stops it.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.moments import say_day
from tequio.guards.services import spend_quietly
from tequio.outbox.services import can_send_sms, write_letter, write_text_message
from tequio.people.models import Person, Telephone
from tequio.people.services.devices import end_sessions

from ..enums import Changed, Outcome
from ..models import AddressChange
from ..permissions import can_vouch
from ..selectors import person_with
from .telling import reach, tell

WAITS = timedelta(days=7)
A_DAY = 10
STOP = (
    "UPDATE door_addresschange SET ended_at = %s, outcome = %s WHERE person_id = %s AND ended_at IS NULL "
    "RETURNING id"
)


def may_vouch(by: Person) -> bool:
    """Count one; False beyond the limit. Outside the change itself, so that a refused one counts too."""
    return spend_quietly("address-change", who=by.audit_id, limit=A_DAY, seconds=86_400)


@transaction.atomic
def begin_change(*, lost: str, to: str, reason: str, by: Person) -> AddressChange:
    """Refused in the same words for an unknown address and for a member of another place."""
    person = person_with(lost)
    if person is None or not can_vouch(by, person):
        raise Refused(_("Nobody of your place signs in with this address."), "unknown")
    if person_with(to) is not None:
        raise Refused(_("The new address belongs to an account already."), "taken")
    try:
        with transaction.atomic():
            row = AddressChange.objects.create(
                person=person, lost=lost, to=to, reason=reason, started_by=by, due_at=timezone.now() + WAITS
            )
    except IntegrityError as error:
        raise Refused(_("A change for her or for this address waits already."), "waits") from error
    audit.record("address-change.begin", row, by=by, person=person.pk)
    _warn(row)
    return row


def _warn(row: AddressChange) -> None:
    with translation.override(row.person.language):
        text = _(
            "A steward says that you lost this address, and asks to let you in with another one from %(day)s on. "
            "Is that not so? Then sign in before that day: this alone stops it."
        ) % {"day": say_day(row.due_at, row.person.home.zone if row.person.home else "UTC")}
        subject = _("Somebody asks to change the address of your account")
        where = reach(row.person)
        for to in where:
            if not to.startswith("+"):
                write_letter(to=to, subject=subject, text=f"{text}\n\nTequio")
            elif can_send_sms():
                write_text_message(to=to, text=f"Tequio: {text}")


@transaction.atomic
def stop_change(row: AddressChange, *, by: Actor) -> bool:
    """It will not happen. False where it was over already."""
    stopped = AddressChange.objects.filter(pk=row.pk, ended_at=None).update(
        ended_at=timezone.now(), outcome=Outcome.STOPPED
    )
    if stopped:
        audit.record("address-change.stop", row, by=by, person=row.person_id)
    return bool(stopped)


@transaction.atomic
def stop_changes_of(person: Person) -> None:
    """She came in by herself, so she lost nothing."""
    with connection.cursor() as cursor:
        cursor.execute(STOP, [timezone.now(), Outcome.STOPPED, person.pk])
        stopped = [AddressChange(pk=pk) for (pk,) in cursor.fetchall()]
    for row in stopped:
        audit.record("address-change.stop", row, by=person, person=person.pk)


@transaction.atomic
def take_effect(address: str) -> Person | None:
    """Called when `address` was proven by its code: the change to it that waited long enough is made.

    Nothing is made where the steward is no steward of the place any more. All sessions, passkeys, the
    password and the second step of before go: whoever found the lost telephone has them too.
    """
    row = AddressChange.objects.select_for_update().filter(to=address, ended_at=None).first()
    if row is None or not row.is_due:
        return None
    person = Person.objects.select_for_update().get(pk=row.person_id)
    if not person.is_active or row.started_by is None or not can_vouch(row.started_by, person):
        stop_change(row, by=person)
        return None
    _replace(person, row)
    row.ended_at, row.outcome = timezone.now(), Outcome.DONE
    row.save(update_fields=["ended_at", "outcome"])
    audit.record("address-change.done", row, by=person, person=person.pk, steward=row.started_by_id)
    return person


def _replace(person: Person, row: AddressChange) -> None:
    before = reach(person)
    Authenticator.objects.filter(user=person).delete()
    Telephone.objects.filter(person=person, number=row.lost).delete()
    EmailAddress.objects.filter(user=person, email=row.lost).delete()
    EmailAddress.objects.filter(user=person, primary=True).update(primary=False)
    if row.to.startswith("+"):
        Telephone.objects.filter(person=person).delete()
        Telephone.objects.create(person=person, number=row.to)
        rest = EmailAddress.objects.filter(user=person, verified=True).order_by("id").first()
        if rest is not None:
            EmailAddress.objects.filter(pk=rest.pk).update(primary=True)
    else:
        EmailAddress.objects.create(user=person, email=row.to, verified=True, primary=True)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person, by=person)
    tell(person, Changed.ADDRESS_CHANGED, also=before)
