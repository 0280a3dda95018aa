"""Whose keys they are: nobody else sees or ends them."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.people.models import Person

from .models import ProgramKey


def visible_to(person: Person | None) -> QuerySet[ProgramKey]:
    if person is None or person.is_guest:
        return ProgramKey.objects.none()
    return ProgramKey.objects.filter(person=person)


def can_make(person: Person | None) -> bool:
    return person is not None and person.is_member and person.is_active


def can_end(person: Person | None, key: ProgramKey) -> bool:
    return person is not None and key.person_id == person.pk
