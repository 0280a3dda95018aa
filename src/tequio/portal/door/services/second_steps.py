"""The authenticator app (a second step after the code) and recovery codes (a way in without the address)."""

from __future__ import annotations

import re

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import spend_quietly
from tequio.people.models import Person
from tequio.people.permissions import can_change

from ..enums import Changed
from ..selectors import person_with
from .telling import tell

Kind = Authenticator.Type
QUARTER = 900
TRIES_OF_A_PERSON = 10
TRIES_FROM_NETWORK = 60


def may_try_step(who: str, network: str) -> bool:
    """Count one try of a second step or recovery code; `who` is a person's id or an address, known or not."""
    return all(
        [
            spend_quietly("step.network", who=network, limit=TRIES_FROM_NETWORK, seconds=QUARTER),
            spend_quietly("step.who", who=who, limit=TRIES_OF_A_PERSON, seconds=QUARTER),
        ]
    )


def clean_digits(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015.]", "", text)


@transaction.atomic
def add_app(person: Person, secret: str, digits: str, *, by: Person) -> bool:
    """False where the digits are not those of the app just now. The secret was shown to her alone."""
    _own(person, by)
    counter = _counter_of(secret, digits, after=-1)
    if counter is None:
        return False
    if Authenticator.objects.filter(user=person, type=Kind.TOTP).exists():
        raise Refused(_("There is an authenticator app already. Remove it first."), "exists")
    data = {"secret": get_adapter().encrypt(secret), "last": counter}
    row = Authenticator.objects.create(user=person, type=Kind.TOTP, data=data)
    audit.record("second-step.add", row, by=by, person=person.pk)
    tell(person, Changed.STEP_ADDED)
    return True


@transaction.atomic
def try_app(person: Person, digits: str) -> bool:
    """Each number of the app is taken once: the last one is kept with it, under a lock."""
    row = Authenticator.objects.select_for_update().filter(user=person, type=Kind.TOTP).first()
    if row is None:
        return False
    secret = get_adapter().decrypt(row.data["secret"])
    counter = _counter_of(secret, digits, after=row.data.get("last", -1))
    if counter is None:
        return False
    row.data = {**row.data, "last": counter}
    row.save(update_fields=["data"])
    row.record_usage()
    return True


def _counter_of(secret: str, digits: str, *, after: int) -> int | None:
    """The step of time whose number this is, of those not taken yet."""
    found = [
        counter
        for counter in yield_hotp_counters_from_time()
        if counter > after and constant_time_compare(format_hotp_value(hotp_value(secret, counter)), digits)
    ]
    return found[0] if found else None


@transaction.atomic
def remove_app(person: Person, *, by: Person) -> None:
    _own(person, by)
    row = Authenticator.objects.filter(user=person, type=Kind.TOTP).first()
    if row is None:
        return
    audit.record("second-step.remove", row, by=by, person=person.pk)
    row.delete()
    tell(person, Changed.STEP_REMOVED)


@transaction.atomic
def make_codes(person: Person, *, by: Person) -> list[str]:
    """Ten new recovery codes; those before are dead."""
    _own(person, by)
    Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person)
    audit.record("recovery-codes.make", codes.instance, by=by, person=person.pk)
    tell(person, Changed.CODES_MADE)
    return codes.get_unused_codes()


def codes_of(person: Person) -> list[str]:
    """Those that were not used yet."""
    row = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    return row.wrap().get_unused_codes() if row else []


@transaction.atomic
def try_recovery_code(person: Person, digits: str) -> bool:
    """Each is good once."""
    row = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    if row is None or not row.wrap().validate_code(digits):
        return False
    audit.record("recovery-code.use", person, by=person)
    tell(person, Changed.CODE_USED)
    return True


def person_by_recovery_code(address: str, digits: str) -> Person | None:
    """Who signs in so. For an unknown address, or one without codes, the same sums are done with other codes."""
    person = person_with(address)
    row = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    codes = RecoveryCodes(row or Authenticator(data=_nobodys_codes())).get_unused_codes()
    is_right = sum(constant_time_compare(code, digits) for code in codes) > 0
    if person is None or row is None or not is_right or not person.is_active:
        return None
    return person if try_recovery_code(person, digits) else None


def _nobodys_codes() -> dict[str, object]:
    return {"seed": get_adapter().encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}


def _own(person: Person, by: Person) -> None:
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    Person.objects.select_for_update().get(pk=person.pk)
