"""Who may grant roles, verify residents, change a person; and what somebody of her age may."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from tequio.base.actor import Actor
from tequio.territories.models import Territory

from .enums import RoleName
from .models import GuardianConsent, IdentifierList, Person, Residence, Role, RoleInvitation
from .types.ages import MAJORITY, Answer, Feature, ages_of, may


def can_grant_role(person: Actor, role: str, territory: Territory) -> bool:
    """Stewards name all who look after their place and those in it; the operator names a place's first steward."""
    if getattr(person, "is_operator", False) or person.pk is None:
        return True
    return person.holds(RoleName.STEWARD, territory)


def can_change(person: Person, other: Person) -> bool:
    """What is known of a member is changed by herself alone."""
    return person.is_member and person.is_active and person.pk == other.pk


def can_verify(person: Actor, territory: Territory) -> bool:
    """Who meets people in a place: its facilitators and stewards."""
    return person.holds(RoleName.FACILITATOR, territory)


def can_keep_lists(person: Actor, territory: Territory) -> bool:
    """Letters with addresses, lists, and the rules of verifying are for stewards."""
    return person.holds(RoleName.STEWARD, territory)


def country_of(person: Person) -> str:
    """Code of where she lives, as the table of ages reads it."""
    return person.home.code if person.home else person.country


def answer_for(person: Person, feature: str) -> Answer:
    """What her age and place say, a guardian's word left aside."""
    ages = ages_of(person.year_of_birth, timezone.now().year)
    if ages is None or ages.youngest >= MAJORITY:
        return Answer.ALONE
    return may(feature, ages, country_of(person))


def is_of_age(person: Person, feature: str) -> bool:
    """Whether she may now: alone, or because a guardian has agreed."""
    answer = answer_for(person, feature)
    return answer == Answer.ALONE or (answer == Answer.WITH_GUARDIAN and person.has_guardian)


def can_give_opinions(person: Person) -> bool:
    """Opinions are special data: taking part and consenting to it each have their age."""
    return is_of_age(person, Feature.DELIBERATION) and is_of_age(person, Feature.SPECIAL_DATA)


def can_take_back(row: GuardianConsent) -> bool:
    """A guardian's yes can be taken back as long as it is needed; once she is old enough the link is over."""
    return (
        row.stands and row.person is not None and answer_for(row.person, Feature.SPECIAL_DATA) != Answer.ALONE
    )


def roles_visible_to(person: Person | None) -> QuerySet[Role]:
    """Roles with their reasons and history: for the stewards of the place and of those above it."""
    return Role.objects.filter(territory__in=_kept_places(person))


def invitations_visible_to(person: Person | None) -> QuerySet[RoleInvitation]:
    return RoleInvitation.objects.filter(territory__in=_kept_places(person))


def residences_visible_to(person: Person | None) -> QuerySet[Residence]:
    """Where somebody was proven to live is seen by herself alone."""
    return Residence.objects.filter(person=person) if person else Residence.objects.none()


def lists_visible_to(person: Person | None) -> QuerySet[IdentifierList]:
    return IdentifierList.objects.filter(territory__in=_kept_places(person))


def _kept_places(person: Person | None) -> QuerySet[Territory]:
    """The places whose steward she is, everything in them included."""
    if person is None or person.is_guest or not person.is_active:
        return Territory.objects.none()
    return Territory.objects.filter(paths_up__above__in=person.role_places(RoleName.STEWARD)).distinct()
