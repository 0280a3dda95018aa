"""What a house has of residents, roles and guardians, and how its codes come to be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from tequio.formats.identifiers import slow_hash
from tequio.people.enums import Method
from tequio.people.models import (
    GuardianConsent,
    IdentifierList,
    ListedIdentifier,
    Person,
    Residence,
    ResidenceLetter,
    ResidenceRule,
    RoleInvitation,
)
from tequio.people.services.letters import ask_letter, mark_printed
from tequio.people.services.lists import kept_digest, salt_of
from tequio.people.services.residence import show_code
from tequio.people.services.roles import digest_of
from tequio.territories.models import Territory

if TYPE_CHECKING:
    from house import House

NUMBER, YEAR = "AB-12345678", 1985


def add_residents(tag: str, place: Territory, people: dict[str, Person | None]) -> dict[str, Any]:
    """All four ways are open; a role to end, an invitation, a guardian's letter, a list, a letter that waits."""
    now = timezone.now()
    later, member, steward = now + timedelta(days=7), people["member"], people["steward"]
    teen, colleague = people["teen"], people["colleague"]
    assert member
    assert steward
    assert teen
    assert colleague
    # Next year too she needs a guardian: a file's house may stand over New Year's night.
    Person.objects.filter(pk=teen.pk).update(year_of_birth=now.year - 15)
    teen.refresh_from_db()
    ResidenceRule.objects.create(territory=place, methods=list(Method.values))
    invitation = RoleInvitation.objects.create(
        territory=place, role="translator", email=f"member.{tag}@example.org", invited_by=steward,
        digest=digest_of(f"token-{tag}"), until=later,
    )  # fmt: skip
    GuardianConsent.objects.create(
        digest=digest_of(f"token-{tag}"), to=f"child.{tag}@example.org",
        guardian_email=f"parent.{tag}@example.org", name="Kofi Mensah", country="ES",
        year_of_birth=now.year - 14, until=later,
    )  # fmt: skip
    residence = Residence.objects.create(
        person=member, territory=place, method=Method.IN_PERSON, verified_by=steward.audit_id, until=later
    )
    letter = ResidenceLetter.objects.create(
        person=colleague,
        territory=place,
        address="12 rue des Palmiers",
        code="ABCDE23456",
        digest="-",
        until=later,
    )
    return {
        "role": colleague.roles.get().pk, "invitation": invitation.pk, "residence": residence.pk,
        "list": IdentifierList.objects.create(territory=place, name="Roll", made_by="system").pk,
        "letter": letter.pk,
    }  # fmt: skip


def show_member_code(house: House, client: Client) -> None:
    """The member's phone shows a code."""
    member = house.person("member")
    assert member
    house.notes["code"] = show_code(member).code


def send_letter(house: House, client: Client) -> None:
    """A letter to the member, printed; its code is read as she reads it."""
    member, steward = house.person("member"), house.person("steward")
    assert member
    assert steward
    row = ask_letter(member, house.place, "1 Main Street")
    house.notes["letter_code"] = row.code
    mark_printed(house.place, [row.pk], by=steward)


def list_member(house: House, client: Client) -> None:
    digest = kept_digest(slow_hash(NUMBER, YEAR, salt_of(house.place)))
    ListedIdentifier.objects.create(of_id=house.notes["list"], digest=digest)
