"""Everything the page of one organisation shows of itself, and what its people see beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from tequio.people.models import Person
from tequio.people.permissions import answer_for
from tequio.people.types.ages import Answer, Feature
from tequio.territories.models import Territory

from ..enums import MembershipRole
from ..models import Invitation, JoinRequest, MemberClass, Membership, Organisation, RegisterGrant
from ..permissions import acting_ids
from .alliances import depth_of

MOST_SHOWN = 100


@dataclass(frozen=True)
class Portrait:
    """`people`: members who agreed to be named. `alliances` it is in; `members`: organisations in it."""

    organisation: Organisation
    places: list[Territory]
    people: list[Membership] = field(default_factory=list)
    alliances: list[Membership] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    number: int = 0
    levels: int = 0
    in_all: int = 0
    own: Membership | None = None


def portrait_of(person: Person | None, organisation: Organisation) -> Portrait:
    """Three or four queries. The names of minors never stand on a public page."""
    rows = list(
        Membership.objects.filter(Q(organisation=organisation) | Q(member=organisation), until=None)
        .filter(Q(member=None) | Q(member__hidden_by="", organisation__hidden_by=""))
        .select_related(
            "person__home", "member__territory", "member__verification", "organisation__territory",
            "organisation__verification", "member_class",
        )
        .order_by("since", "id")
    )  # fmt: skip
    inside = [row for row in rows if row.organisation_id == organisation.pk]
    members = sorted((row for row in inside if row.member), key=lambda row: row.member.sort_name)  # type: ignore[union-attr]
    levels, in_all = depth_of(organisation) if members else (0, 0)
    return Portrait(
        organisation=organisation,
        places=list(Territory.objects.filter(action_places__organisation=organisation).order_by("code")),
        people=[row for row in inside if _may_be_named(row)][:MOST_SHOWN],
        alliances=sorted(
            (row for row in rows if row.member_id == organisation.pk),
            key=lambda row: row.organisation.sort_name,
        ),
        members=members,
        number=sum(1 for row in inside if row.person_id),
        levels=levels,
        in_all=in_all,
        own=next((row for row in inside if person is not None and row.person_id == person.pk), None),
    )


def _may_be_named(row: Membership) -> bool:
    person = row.person
    if person is None or not row.is_shown or not person.name or not person.is_active:
        return False
    return answer_for(person, Feature.PUBLIC_PROFILE) == Answer.ALONE


@dataclass(frozen=True)
class Room:
    """What administrators see of the members: who is in, who asks, who is invited, who was in."""

    memberships: list[Membership]
    requests: list[JoinRequest]
    invitations: list[Invitation]
    classes: list[MemberClass]

    @property
    def administrators(self) -> int:
        return sum(1 for row in self.memberships if row.role == MembershipRole.ADMINISTRATOR)


def room_of(organisation: Organisation) -> Room:
    memberships = organisation.memberships.filter(until=None).select_related(
        "person", "member", "member_class"
    )
    requests = organisation.requests.filter(answered_at=None).select_related(
        "by", "applicant", "member_class"
    )
    invitations = organisation.invitations.filter(
        answered_at=None, withdrawn_at=None, until__gt=timezone.now()
    ).select_related("member_class", "invited_by")
    return Room(
        list(memberships.order_by("since", "id")), list(requests), list(invitations), classes_of(organisation)
    )


def classes_of(organisation: Organisation, *, offered: bool = False) -> list[MemberClass]:
    rows = MemberClass.objects.filter(organisation=organisation)
    return list((rows.filter(is_offered=True) if offered else rows).order_by("position", "id"))


def memberships_of(person: Person) -> list[Membership]:
    """Hers, the newest first."""
    rows = Membership.objects.filter(person=person, until=None, organisation__hidden_by="")
    return list(
        rows.select_related("organisation__territory", "organisation__verification", "member_class").order_by(
            "-since", "-id"
        )
    )


def acted_for_by(person: Person | None) -> list[Organisation]:
    """Those in whose name she may act, by name."""
    ids = acting_ids(person)
    return list(Organisation.objects.filter(pk__in=ids).order_by("sort_name", "id")) if ids else []


def alliances_of(ids: list[int]) -> list[Membership]:
    """Memberships of these organisations in others."""
    rows = Membership.objects.filter(member__in=ids, until=None, organisation__hidden_by="")
    return list(rows.select_related("organisation", "member").order_by("member__sort_name", "id"))


def requests_of(person: Person) -> list[JoinRequest]:
    """What she asked and what was answered in the last weeks."""
    rows = JoinRequest.objects.filter(by=person).select_related("organisation", "applicant")
    return list(rows.order_by("-at", "-id")[:10])


def grants_of(organisation: Organisation) -> list[RegisterGrant]:
    """The places in which its register is trusted today."""
    rows = RegisterGrant.objects.filter(organisation=organisation, ended_at=None)
    return list(rows.select_related("territory", "granted_by").order_by("granted_at", "id"))


def asks_already(person: Person, organisation: Organisation) -> JoinRequest | None:
    return JoinRequest.objects.filter(
        organisation=organisation, by=person, applicant=None, answered_at=None
    ).first()


def waiting_for(person: Person) -> list[JoinRequest]:
    """Requests that wait for this administrator, over all her organisations."""
    runs = Membership.objects.filter(person=person, until=None, role=MembershipRole.ADMINISTRATOR)
    rows = JoinRequest.objects.filter(
        organisation__in=runs.values("organisation"), organisation__hidden_by="", answered_at=None
    )
    return list(rows.select_related("organisation", "by", "applicant").order_by("at", "id")[:50])


def register_members(organisation: Organisation, *, beside: Person) -> list[Membership]:
    """Members whose residence its list may confirm; nobody confirms her own."""
    rows = Membership.objects.filter(organisation=organisation, until=None, person__is_active=True)
    return list(rows.exclude(person=beside).select_related("person").order_by("person__name", "id")[:500])
