"""Who has which role where."""

from __future__ import annotations

from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..models import Role


def roles_in(territory: Territory) -> list[Role]:
    """Today's roles of the place itself; where it has none, those of the places it lies in."""
    roles = list(
        Role.objects.filter(territory__in=above_ids(territory.pk), ended_at=None, person__is_active=True)
        .exclude(person__name="")
        .select_related("person", "territory")
        .order_by("granted_at", "id")
    )
    own = [role for role in roles if role.territory_id == territory.pk]
    return own or roles
