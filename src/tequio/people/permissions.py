"""Who may grant roles, and whose page is seen by whom."""

from __future__ import annotations

from tequio.base.actor import Actor
from tequio.territories.models import Territory

from .enums import RoleName
from .models import Person


def can_grant_role(person: Actor, role: str, territory: Territory) -> bool:
    """A steward grants the other roles in her place; a new steward is named by a steward above or an operator."""
    if getattr(person, "is_operator", False) or person.pk is None:
        return True
    if role == RoleName.STEWARD:
        return False
    return person.holds(RoleName.STEWARD, territory)


def can_change(person: Person, other: Person) -> bool:
    """What is known of a member is changed by herself alone."""
    return person.is_member and person.is_active and person.pk == other.pk
