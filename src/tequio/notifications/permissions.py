"""Who may follow what. What somebody follows and is told is seen by herself alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tequio.base.actor import Actor
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see, seen_by
from tequio.people.models import Person

from .models import Follow, Notice


def visible_to(person: Person | None) -> QuerySet[Follow]:
    return Follow.objects.filter(person=person) if person else Follow.objects.none()


def notices_visible_to(person: Person | None) -> QuerySet[Notice]:
    """What she was told on the page or for a letter, and may see today: hidden and withdrawn things are gone."""
    if person is None:
        return Notice.objects.none()
    may_see = Q(announcement__item=None) | seen_by(person, "announcement__item__")
    return Notice.objects.filter(may_see, person=person, announcement__withdrawn_at=None)


def can_follow(person: Person, item: Item) -> bool:
    return person.is_active and can_see(person, item)


def can_change_letters(by: Actor, person: Person) -> bool:
    """How she wants to hear of things is for her alone; an address is needed, so for members."""
    return person.is_member and person.is_active and by.pk == person.pk
