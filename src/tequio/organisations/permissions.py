"""Who sees an organisation, who acts for it, and who looks after it."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath

from .enums import ACTS_FOR_IT, MembershipRole
from .models import Invitation, JoinRequest, Membership, Organisation


def standing_rows() -> QuerySet[Any, Any]:
    """The memberships of today of the person whose row is read, for `Companion`."""
    rows = _standing().filter(person=OuterRef("pk")).order_by("organisation_id")
    return rows.values(row=JSONObject(organisation="organisation_id", role="role"))


def keep_standing(person: Person, rows: list[dict[str, Any]]) -> None:
    kept = {row["organisation"]: row["role"] for row in rows}
    person._organisations = kept if person.is_member else {}  # type: ignore[attr-defined]


def _standing() -> QuerySet[Membership]:
    return Membership.objects.filter(until=None, organisation__hidden_by="")


def standing_of(person: Person | None) -> dict[int, str]:
    """{organisation id: her role there today}; read once for each `Person` at hand, that is, a request."""
    if person is None or person.is_guest or not person.is_active:
        return {}
    kept: dict[int, str] | None = getattr(person, "_organisations", None)
    if kept is None:
        rows = _standing().filter(person=person)
        kept = dict(rows.values_list("organisation_id", "role").order_by("organisation_id"))
        person._organisations = kept  # type: ignore[attr-defined]
    return kept


def forget_standing(person: Person | None) -> None:
    """Her memberships changed: the next question reads them anew."""
    if person is not None:
        person.__dict__.pop("_organisations", None)


def organisation_ids(person: Person | None) -> list[int]:
    """Ids of the organisations she belongs to, for lists of what is theirs alone."""
    return list(standing_of(person))


def acting_ids(person: Person | None) -> list[int]:
    """Ids of those in whose name she may act."""
    return [pk for pk, role in standing_of(person).items() if role in ACTS_FOR_IT]


def visible_to(person: Person | None) -> QuerySet[Organisation]:
    rule = Q(hidden_by="")
    if person is not None and person.is_member:
        rule |= Q(pk__in=Membership.objects.filter(person=person, until=None).values("organisation"))
        places = person.role_places(RoleName.MODERATOR)
        if places:
            rule |= Q(territory__in=TerritoryPath.objects.filter(above__in=places).values("below"))
    return Organisation.objects.filter(rule)


def can_see(person: Person | None, organisation: Organisation) -> bool:
    if not organisation.hidden_by:
        return True
    if person is None or person.is_guest:
        return False
    return (
        Membership.objects.filter(person=person, organisation=organisation, until=None).exists()
        or person.holds(RoleName.MODERATOR, organisation.territory)
    )  # fmt: skip


def can_make(person: Person | None) -> bool:
    """Every member, with or without papers."""
    return person is not None and person.is_member and person.is_active


def can_act_for(person: Person | None, organisation: Organisation) -> bool:
    """Speak in its name: its representatives and administrators."""
    return standing_of(person).get(organisation.pk) in ACTS_FOR_IT


def can_administer(person: Person | None, organisation: Organisation) -> bool:
    """Change its page, its members, its classes."""
    return standing_of(person).get(organisation.pk) == MembershipRole.ADMINISTRATOR


def can_translate(person: Person | None, organisation: Organisation) -> bool:
    """Its administrators, and translators of its place."""
    if person is None or person.is_guest or organisation.hidden_by:
        return False
    return can_administer(person, organisation) or person.holds(RoleName.TRANSLATOR, organisation.territory)


def can_verify(person: Person | None, organisation: Organisation) -> bool:
    """A steward of the place of its seat who does not run it herself."""
    if person is None or person.is_guest or can_act_for(person, organisation):
        return False
    return person.holds(RoleName.STEWARD, organisation.territory)


def can_help_out(person: Person | None, organisation: Organisation) -> bool:
    """Where nobody administers it any more, a steward of its place may invite who does."""
    if person is None or person.is_guest or not person.holds(RoleName.STEWARD, organisation.territory):
        return False
    return not Membership.objects.filter(
        organisation=organisation, until=None, role=MembershipRole.ADMINISTRATOR, person__is_active=True
    ).exists()


def can_invite(person: Person | None, organisation: Organisation) -> bool:
    return can_administer(person, organisation) or can_help_out(person, organisation)


def can_use_register(person: Person | None, organisation: Organisation, territory: Territory) -> bool:
    """Confirm by its list of members who lives in the place: verified, allowed, and she acts for it."""
    return can_act_for(person, organisation) and organisation.register_grants.filter(
        territory=territory, ended_at=None, organisation__verification__ended_at=None,
        organisation__verification__isnull=False,
    ).exists()  # fmt: skip


def memberships_visible_to(person: Person | None) -> QuerySet[Membership]:
    """Her own, those of the organisations she administers, and theirs in others."""
    runs = _run_by(person)
    own = Q(person=person) if person is not None and person.is_member else Q(pk__in=[])
    return Membership.objects.filter(own | Q(organisation__in=runs) | Q(member__in=runs))


def can_end(person: Person | None, membership: Membership) -> bool:
    """She herself, an administrator, or who administers the organisation that is the member."""
    if person is None or person.is_guest:
        return False
    runs = _run_by(person)
    return (
        membership.person_id == person.pk
        or membership.organisation_id in runs
        or membership.member_id in runs
    )


def requests_visible_to(person: Person | None) -> QuerySet[JoinRequest]:
    """Those that wait for an administrator's answer."""
    return JoinRequest.objects.filter(organisation__in=_run_by(person), answered_at=None)


def invitations_visible_to(person: Person | None) -> QuerySet[Invitation]:
    """Those an administrator can still withdraw."""
    return Invitation.objects.filter(organisation__in=_run_by(person), answered_at=None, withdrawn_at=None)


def _run_by(person: Person | None) -> list[int]:
    return [pk for pk, role in standing_of(person).items() if role == MembershipRole.ADMINISTRATOR]
