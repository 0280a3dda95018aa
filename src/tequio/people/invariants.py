"""What `tequio verify` asks of people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from .models import GuardianConsent, IdentifierList, Person, Residence, ResidenceLetter, Role, Telephone


def guests_hold_nothing() -> Iterator[str]:
    """A guest has neither a role nor a proven address."""
    for pk, person in Role.objects.filter(person__is_guest=True, ended_at=None).values_list("pk", "person"):
        yield f"role {pk} is held by person {person}, who is a guest"
    for pk in Person.objects.filter(is_guest=True, emailaddress__verified=True).values_list("pk", flat=True):
        yield f"person {pk} is a guest and has a proven address"
    for pk in Residence.objects.filter(person__is_guest=True, ended_at=None).values_list("person", flat=True):
        yield f"person {pk} is a guest and a verified resident"
    for pk in Telephone.objects.filter(person__is_guest=True).values_list("person", flat=True):
        yield f"person {pk} is a guest and has a telephone"


def members_can_sign_in() -> Iterator[str]:
    """An active member has a proven address or a telephone; of her addresses one is the first, and proven."""
    members = Person.objects.filter(is_guest=False, is_active=True)
    first = Count("emailaddress", filter=Q(emailaddress__primary=True, emailaddress__verified=True))
    rows = members.annotate(first=first, all=Count("emailaddress"))
    for pk, number, how_many in rows.exclude(first=1).values_list("pk", "first", "all"):
        if how_many or not Telephone.objects.filter(person=pk).exists():
            yield f"person {pk} is a member with {number} first addresses"


def merged_rows_are_at_rest() -> Iterator[str]:
    for pk in Person.objects.filter(is_active=True).exclude(merged_into=None).values_list("pk", flat=True):
        yield f"person {pk} was merged into another and is still active"


def nothing_stays_longer_than_it_was_promised() -> Iterator[str]:
    """Addresses go with the printed letter, a guardian's and a child's words with the answer, uploads with the list."""
    told = ResidenceLetter.objects.exclude(printed_at=None, ended_at=None).exclude(address="", code="")
    for pk in told.values_list("pk", flat=True):
        yield f"letter {pk} is printed or over and still has its address"
    given = GuardianConsent.objects.exclude(given_at=None).exclude(to="", guardian_email="", name="")
    for pk in given.values_list("pk", flat=True):
        yield f"guardian's consent {pk} is given and still holds what was typed"
    for pk in (
        IdentifierList.objects.exclude(ready_at=None).exclude(content=None).values_list("pk", flat=True)
    ):
        yield f"list {pk} is taken in and still has its upload"
