"""What the worker does for residents and guardians: lists are hashed, and at night what is over goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import failed, queue, strike, work
from tequio.outbox.models import Letter
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
from tequio.people.services.lists import upload_list
from tequio.territories.models import Territory

__all__ = ["queue"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def test_an_uploaded_list_is_hashed(steward: Person, lome: Territory, all_ways: ResidenceRule):
    upload_list(lome, name="Roll", content=b"identifier;year_of_birth\n12345678Z;1985\n", by=steward)
    assert IdentifierList.objects.get().content is not None
    work()
    row = IdentifierList.objects.get()
    assert (failed(), row.done, row.content) == ([], 1, None)
    assert ListedIdentifier.objects.filter(of=row).count() == 1


def test_every_night_residents_are_reminded_and_what_is_over_goes(
    steward: Person, member: Person, make_member: Callable[..., Person], lome: Territory
):
    now = timezone.now()
    over, soon, far = now - timedelta(minutes=1), now + timedelta(days=10), now + timedelta(days=100)
    other = make_member("Ottilie")
    for person, until in ((member, soon), (other, far)):
        Residence.objects.create(
            person=person, territory=lome, method=Method.IN_PERSON, verified_by="x", until=until
        )
    for number, until in enumerate((over, soon)):
        RoleInvitation.objects.create(
            territory=lome, role="translator", email=f"i{number}@example.org", invited_by=steward,
            digest=f"i{number}", until=until,
        )  # fmt: skip
        GuardianConsent.objects.create(digest=f"g{number}", name="Kofi", until=until)
    for person, until in ((member, over), (other, soon)):
        ResidenceLetter.objects.create(
            person=person, territory=lome, address="12 rue des Palmiers", code="ABCDE23456", digest="-",
            until=until,
        )  # fmt: skip
    Letter.objects.all().delete()
    strike("people.nightly")
    assert Letter.objects.values_list("to", flat=True).get() == "mina@example.org"
    assert set(RoleInvitation.objects.values_list("digest", "email")) == {
        ("i0", ""),
        ("i1", "i1@example.org"),
    }
    assert GuardianConsent.objects.get().digest == "g1"
    letters = dict(ResidenceLetter.objects.values_list("person", "address"))
    assert letters == {member.pk: "", other.pk: "12 rue des Palmiers"}
    strike("people.nightly")
    assert Letter.objects.count() == 1
