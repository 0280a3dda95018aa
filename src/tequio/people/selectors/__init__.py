"""Who has which role where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..enums import RoleName
from ..models import Role, RoleInvitation

MOST_ENDED = 50


@dataclass(frozen=True)
class RolesPage:
    """What the stewards of a place see: today's roles of the place itself, open invitations, what ended."""

    held: list[Role]
    invitations: list[RoleInvitation]
    ended: list[Role]
    stewards: int


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


def roles_page(territory: Territory) -> RolesPage:
    rows = Role.objects.filter(territory=territory).select_related(
        "person", "territory", "granted_by", "ended_by"
    )
    order = {str(name): number for number, name in enumerate(RoleName)}
    held = sorted(rows.filter(ended_at=None), key=lambda row: (order[row.role], row.granted_at, row.pk))
    waiting = RoleInvitation.objects.filter(territory=territory, ended_at=None).select_related("invited_by")
    return RolesPage(
        held=held,
        invitations=[row for row in waiting.order_by("-invited_at", "-id") if row.is_good],
        ended=list(rows.exclude(ended_at=None).order_by("-ended_at", "-id")[:MOST_ENDED]),
        stewards=len({row.person_id for row in held if row.role == RoleName.STEWARD}),
    )


def invitation_by_token(token: str) -> RoleInvitation | None:
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return RoleInvitation.objects.filter(digest=digest).select_related("territory").first()
