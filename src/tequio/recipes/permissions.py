"""Everybody sees every version; a steward changes the numbers of her place, an operator those of all places."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.base.actor import Actor
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Recipe


def visible_to(person: Person | None) -> QuerySet[Recipe]:
    """How people's words are ranked is public, proposals and old versions included."""
    return Recipe.objects.all()


def can_decide(person: Actor, territory: Territory | None) -> bool:
    if getattr(person, "is_operator", False) or person.pk is None:
        return True
    return territory is not None and person.holds(RoleName.STEWARD, territory)
