"""Who entered an organisation leaves it to the others; who was alone in it takes it along."""

from __future__ import annotations

import pytest

from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.organisations.models import Membership, Organisation, Verification, today
from tequio.organisations.permissions import visible_to
from tequio.organisations.services.forgetting import forget_organisations
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def enter(maker: Person, place: Territory, kind: str, *others: Person) -> Organisation:
    made = Organisation.objects.create(
        kind=kind, name=words("Looms of Ama"), territory=place, email="ama@example.org", made_by=maker,
        sort_name="looms of ama", names="looms of ama",
    )  # fmt: skip
    for person in (maker, *others):
        Membership.objects.create(organisation=made, person=person, since=today(), role="administrator")
    Verification.objects.create(organisation=made, method="papers", checked_on=today(), evidence="Her card.")
    return made


@pytest.mark.parametrize(
    ("kind", "has_others", "goes"),
    [
        ("self_employed", False, True),
        ("self_employed", True, True),
        ("informal_group", False, True),
        ("association", True, False),
    ],
)
def test_what_goes_and_what_stays(alice, bob, lome, kind: str, has_others: bool, goes: bool):
    made = enter(alice, lome, kind, *([bob] if has_others else []))
    rows = Organisation.objects.filter(made_by=alice)
    assert forget_organisations(rows, by=SYSTEM) == int(goes)
    made.refresh_from_db()
    assert (made.name == {}, made.email == "", made.names == "") == (goes, goes, goes)
    assert visible_to(None).filter(pk=made.pk).exists() is not goes
    assert (Verification.objects.get(organisation=made).evidence == "") is goes


def test_an_alliance_with_members_stays(alice, lome):
    made, ally = enter(alice, lome, "federation"), enter(alice, lome, "association")
    Membership.objects.create(organisation=made, member=ally, since=today())
    assert forget_organisations(Organisation.objects.filter(pk=made.pk), by=SYSTEM) == 0


def test_those_of_others_are_not_touched(alice, bob, lome):
    made = enter(bob, lome, "self_employed")
    assert forget_organisations(Organisation.objects.filter(made_by=alice), by=SYSTEM) == 0
    made.refresh_from_db()
    assert made.email == "ama@example.org"
    assert not Item.objects.exists()
