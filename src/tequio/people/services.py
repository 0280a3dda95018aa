"""Guests begin, members join, roles are granted and ended."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.territories.models import Territory

from .models import Person, Role
from .permissions import can_grant_role


@transaction.atomic
def begin_guest(*, language: str) -> Person:
    """The row of somebody who acts for the first time."""
    person = Person(language=language, is_guest=True)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def become_member(person: Person, *, email: str, name: str = "", home: Territory | None = None) -> Person:
    """The guest becomes a member in the same row: nothing she did has to move. The address was proven."""
    person.is_guest = False
    person.joined_at = person.joined_at or timezone.now()
    person.name = name or person.name
    person.home = home or person.home
    person.save()
    EmailAddress.objects.create(user=person, email=email.lower(), verified=True, primary=True)
    audit.record("person.join", person, by=person)
    return person


@transaction.atomic
def grant_role(person: Person, role: str, territory: Territory, *, by: Actor, reason: str = "") -> Role:
    if not can_grant_role(by, role, territory):
        raise Refused(_("Only a steward of this place can grant this role."))
    row, _created = Role.objects.get_or_create(
        person=person, role=role, territory=territory, ended_at=None,
        defaults={"granted_by_id": by.pk, "reason": reason},
    )  # fmt: skip
    audit.record("role.grant", row, by=by, role=role, territory=territory.pk)
    return row


@transaction.atomic
def end_role(row: Role, *, by: Actor, reason: str) -> None:
    if not can_grant_role(by, row.role, row.territory):
        raise Refused(_("Only a steward of this place can end this role."))
    row.ended_at, row.reason = timezone.now(), reason
    row.save(update_fields=["ended_at", "reason"])
    audit.record("role.end", row, by=by)
