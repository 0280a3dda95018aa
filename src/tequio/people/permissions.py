"""Who may grant roles, and whose page is seen by whom."""

from __future__ import annotations

from tequio.base.actor import Actor
from tequio.territories.models import Territory

from .enums import RoleName


def can_grant_role(person: Actor, role: str, territory: Territory) -> bool:
    """A steward grants the other roles in her place; a new steward is named by a steward above or an operator."""
    if getattr(person, "is_operator", False) or person.pk is None:
        return True
    if role == RoleName.STEWARD:
        return False
    return person.holds(RoleName.STEWARD, territory)
