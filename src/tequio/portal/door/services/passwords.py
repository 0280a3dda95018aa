"""The optional password: set, changed, removed, and tried in the same time for known and unknown."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import spend_quietly
from tequio.people.models import Person
from tequio.people.permissions import can_change
from tequio.people.services.devices import end_sessions

from ..adapters.strength import Strength, measure
from ..enums import Changed
from ..selectors import person_with
from .telling import reach, tell

FEWEST_GUESSES = 10**8
LONGEST = 200
UNUSABLE = "!"
QUARTER = 900
TRIES_FROM_NETWORK_FOR_ADDRESS = 10
TRIES_FOR_ADDRESS = 30
# Stuffing tries each pair once: the network is what it has in common.
TRIES_FROM_NETWORK = 60


def strength_of(password: str, person: Person) -> Strength:
    return measure(password, ["Tequio", person.name, *reach(person), str(person.year_of_birth or "")])


def is_strong(strength: Strength) -> bool:
    return strength.guesses >= FEWEST_GUESSES


def may_try_password(to: str, network: str) -> bool:
    """Count one try; False beyond a limit of the network, of the address, or of both together."""
    return all(
        [
            spend_quietly("password.network", who=network, limit=TRIES_FROM_NETWORK, seconds=QUARTER),
            spend_quietly(
                "password.both", who=f"{network} {to}", limit=TRIES_FROM_NETWORK_FOR_ADDRESS, seconds=QUARTER
            ),
            spend_quietly("password.address", who=to, limit=TRIES_FOR_ADDRESS, seconds=QUARTER),
        ]
    )


def person_by_password(to: str, password: str) -> Person | None:
    """Who signs in so. Without such a person, or without a password of hers, one hash is computed all the same."""
    person = person_with(to)
    is_right = check_password(password, person.password if person else UNUSABLE)
    return person if person is not None and person.is_active and is_right else None


@transaction.atomic
def set_password(person: Person, password: str, *, except_key: str | None, by: Person) -> None:
    """Refused where it is too easy to guess. All other sessions of hers end."""
    _own(person, by)
    if not is_strong(strength_of(password, person)):
        raise Refused(_("This password is too easy to guess."), "weak")
    Person.objects.filter(pk=person.pk).update(password=make_password(password))
    person.refresh_from_db(fields=["password"])
    _changed(person, Changed.PASSWORD_SET, "password.set", except_key, by)


@transaction.atomic
def remove_password(person: Person, *, except_key: str | None, by: Person) -> None:
    _own(person, by)
    if not person.has_usable_password():
        return
    Person.objects.filter(pk=person.pk).update(password=make_password(None))
    person.refresh_from_db(fields=["password"])
    _changed(person, Changed.PASSWORD_REMOVED, "password.remove", except_key, by)


def _own(person: Person, by: Person) -> None:
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    person.refresh_from_db(from_queryset=Person.objects.select_for_update())


def _changed(person: Person, change: Changed, act: str, except_key: str | None, by: Person) -> None:
    audit.record(act, person, by=by)
    end_sessions(person, except_key=except_key, by=by)
    tell(person, change)
