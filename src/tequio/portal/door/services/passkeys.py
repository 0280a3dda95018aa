"""Passkeys: added after the browser's ceremony, named, removed."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.people.models import Person
from tequio.people.permissions import can_change

from ..enums import Changed
from .telling import tell

MOST_PASSKEYS = 10
LONGEST_NAME = 60


class Untrue(Exception):
    """What the browser sent does not answer the question that was put to it."""


def begin_adding(person: Person) -> str:
    """What the browser is asked, as JSON; the challenge stays in the session. Only with a PIN, finger or face."""
    return json.dumps(plain(auth.begin_registration(person, passwordless=True)))


def begin_signing_in() -> str:
    return json.dumps(plain(auth.begin_authentication()))


def plain(value: Any) -> Any:
    """The library's mappings as dictionaries, for JSON."""
    if hasattr(value, "items"):
        return {key: plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


@transaction.atomic
def add_passkey(person: Person, credential: Any, *, name: str, by: Person) -> Authenticator:
    """Raises Untrue where the answer is not to the question of this session."""
    _own(person, by)
    mine = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    if mine.count() >= MOST_PASSKEYS:
        raise Refused(_("An account holds ten passkeys at most. Remove one first."), "too_many")
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)  # refuses what was made without PIN, finger or face
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Untrue from error
    row = auth.WebAuthn.add(person, name[:LONGEST_NAME], credential).instance
    audit.record("passkey.add", row, by=by, person=person.pk)
    tell(person, Changed.PASSKEY_ADDED)
    return row


def person_by_passkey(credential: Any) -> Person:
    """Who signs in so. Raises Untrue in one and the same way for a stranger and a forged answer."""
    try:
        auth.parse_authentication_response(credential)
        person = auth.extract_user_from_response(credential)
        authenticator = auth.complete_authentication(person, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise Untrue from error
    authenticator.record_usage()
    assert isinstance(person, Person)
    return person


@transaction.atomic
def rename_passkey(row: Authenticator, name: str, *, by: Person) -> None:
    _own(row.user, by)
    Authenticator.objects.filter(pk=row.pk).update(data={**row.data, "name": name[:LONGEST_NAME]})
    audit.record("passkey.rename", row, by=by, person=row.user_id)


@transaction.atomic
def remove_passkey(row: Authenticator, *, by: Person) -> None:
    _own(row.user, by)
    audit.record("passkey.remove", row, by=by, person=row.user_id)
    person = row.user
    row.delete()
    tell(person, Changed.PASSKEY_REMOVED)


def _own(person: Person, by: Person) -> None:
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    Person.objects.select_for_update().get(pk=person.pk)
