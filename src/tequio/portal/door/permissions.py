"""Who may vouch for a member's new address."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.people.enums import RoleName
from tequio.people.models import Person

from .models import AddressChange


def can_vouch(person: Person | None, other: Person) -> bool:
    """A steward of the place that is the other's home, and never for herself."""
    if person is None or person.pk == other.pk or not other.is_member or not other.is_active:
        return False
    return person.is_active and person.holds(RoleName.STEWARD, other.home)


def is_steward(person: Person | None) -> bool:
    return person is not None and person.is_member and bool(person.role_places(RoleName.STEWARD))


def visible_to(person: Person | None) -> QuerySet[AddressChange]:
    """Changes of the people who live where she is steward, her own excepted."""
    if person is None or not is_steward(person):
        return AddressChange.objects.none()
    places = person.role_places(RoleName.STEWARD)
    return AddressChange.objects.filter(person__home__paths_up__above__in=places).exclude(person=person)
