"""What is somebody's is seen, copied and ended by herself alone."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.base.actor import Actor
from tequio.people.models import Person

from .models import DataCopy, Erasure


def copies_visible_to(person: Person | None) -> QuerySet[DataCopy]:
    """Her copies, as long as they are kept."""
    return DataCopy.objects.filter(person=person) if person and person.is_active else DataCopy.objects.none()


def erasures_visible_to(person: Person | None) -> QuerySet[Erasure]:
    return Erasure.objects.filter(person=person) if person else Erasure.objects.none()


def can_copy(by: Actor, person: Person) -> bool:
    """She herself; the platform, where an operator answers a letter."""
    return by.pk is None or (by.pk == person.pk and person.is_active)


def can_end(by: Actor, person: Person) -> bool:
    return by.pk is None or (by.pk == person.pk and person.is_active)
