"""Guests begin, members join and change what is known of them, roles are granted and ended."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.territories.models import Territory

from ..models import Person, Role
from ..permissions import can_change, can_grant_role


class AddressTaken(Exception):
    """Somebody proved this address a moment before."""


@transaction.atomic
def begin_guest(*, language: str) -> Person:
    """The row of somebody who acts for the first time."""
    person = Person(language=language, is_guest=True)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def become_member(
    person: Person,
    *,
    email: str,
    name: str = "",
    home: Territory | None = None,
    language: str = "",
    year_of_birth: int | None = None,
) -> Person:
    """The guest becomes a member in the same row: nothing she did has to move. The address was proven.

    Raises AddressTaken, with nothing changed, where another row holds the address already.
    """
    person.refresh_from_db(from_queryset=Person.objects.select_for_update())
    if not person.is_guest or not person.is_active:
        raise Refused(_("Somebody else took part in this browser meanwhile. Please sign in once more."))
    person.is_guest = False
    person.joined_at = timezone.now()
    person.name = name or person.name
    person.home = home or person.home
    person.language = language or person.language
    person.year_of_birth = year_of_birth
    person.save()
    try:
        # The address answers by a unique violation, which would spoil the caller's transaction.
        with transaction.atomic():
            EmailAddress.objects.create(user=person, email=email.lower(), verified=True, primary=True)
    except IntegrityError as error:
        raise AddressTaken from error
    audit.record("person.join", person, by=person)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    name: str,
    language: str,
    home: Territory | None,
    year_of_birth: int | None,
    by: Person,
) -> list[str]:
    """What a member says of herself. Returns the names of what changed; the record holds only these."""
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    wanted = {"name": name, "language": language, "home": home, "year_of_birth": year_of_birth}
    changed = sorted(field for field, value in wanted.items() if getattr(person, field) != value)
    if changed:
        for field in changed:
            setattr(person, field, wanted[field])
        person.save(update_fields=changed)
        audit.record("person.change", person, by=by, changed=changed)
    return changed


@transaction.atomic
def grant_role(person: Person, role: str, territory: Territory, *, by: Actor, reason: str = "") -> Role:
    if not can_grant_role(by, role, territory):
        raise Refused(_("Only a steward of this place can grant this role."))
    row, _created = Role.objects.get_or_create(
        person=person, role=role, territory=territory, ended_at=None,
        defaults={"granted_by_id": by.pk, "reason": reason},
    )  # fmt: skip
    audit.record("role.grant", row, by=by, role=role, territory=territory.pk)
    later("notifications.tell_of_role", once=f"role-{row.pk}", pk=row.pk)
    return row


@transaction.atomic
def end_role(row: Role, *, by: Actor, reason: str) -> None:
    if not can_grant_role(by, row.role, row.territory):
        raise Refused(_("Only a steward of this place can end this role."))
    row.ended_at, row.reason = timezone.now(), reason
    row.save(update_fields=["ended_at", "reason"])
    audit.record("role.end", row, by=by)
