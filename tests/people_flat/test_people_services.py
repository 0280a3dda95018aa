"""Joining, changing what is known of a member, roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress

from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.people.models import Person, Role
from tequio.people.permissions import can_change, can_grant_role
from tequio.people.services import (
    AddressTaken,
    become_member,
    begin_guest,
    change_person,
    end_role,
    grant_role,
)
from tequio.people.services.merging import merge_guest
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def test_a_guest_becomes_a_member_in_the_same_row(guest: Person) -> None:
    member = become_member(guest, email="Ama@Example.org", name="Ama", language="fr", year_of_birth=1990)
    assert member.pk == guest.pk
    member.refresh_from_db()
    assert (member.is_member, member.name, member.language, member.year_of_birth) == (True, "Ama", "fr", 1990)
    assert EmailAddress.objects.get(user=member).email == "ama@example.org"
    assert Record.objects.get(act="person.join").data == {}


def test_a_taken_address_changes_nothing(guest: Person, member: Person) -> None:
    with pytest.raises(AddressTaken):
        become_member(guest, email="mina@example.org", name="Other")
    guest = Person.objects.get(pk=guest.pk)
    assert guest.is_guest
    assert guest.name == ""
    assert EmailAddress.objects.count() == 1


def test_a_member_or_a_merged_guest_does_not_join_again(guest: Person, member: Person) -> None:
    with pytest.raises(Refused):
        become_member(member, email="second@example.org")
    merge_guest(guest, member, by=member)
    with pytest.raises(Refused):
        become_member(guest, email="third@example.org")


def test_change_person_says_what_changed_and_records_no_words(member: Person, lome: Territory) -> None:
    changed = change_person(member, name="Mina K.", language="es", home=lome, year_of_birth=None, by=member)
    assert changed == ["home", "language", "name"]
    member.refresh_from_db()
    assert (member.name, member.language, member.home) == ("Mina K.", "es", lome)
    assert Record.objects.get(act="person.change").data == {"changed": changed}


def test_changing_nothing_leaves_no_record(member: Person) -> None:
    same = {"name": member.name, "language": member.language, "home": None, "year_of_birth": None}
    assert change_person(member, by=member, **same) == []
    assert not Record.objects.filter(act="person.change").exists()


def test_only_she_herself_changes_it(member: Person, alice: Person, guest: Person) -> None:
    for other in (alice, guest):
        assert not can_change(other, member)
        with pytest.raises(Refused):
            change_person(member, name="X", language="en", home=None, year_of_birth=None, by=other)
    assert can_change(member, member)
    assert not can_change(guest, guest)


def test_who_grants_roles(
    make_member: Callable[..., Person], alice: Person, member: Person, lome: Territory, togo: Territory
) -> None:
    steward = make_member("Steward", "steward", togo)
    assert can_grant_role(steward, "facilitator", lome)
    assert can_grant_role(steward, "steward", lome)
    assert not can_grant_role(alice, "moderator", lome)
    assert can_grant_role(SYSTEM, "steward", lome)
    operator = make_member("Operator")
    operator.is_operator = True
    assert can_grant_role(operator, "steward", lome)
    with pytest.raises(Refused):
        grant_role(member, "moderator", lome, by=alice)


def test_a_role_that_is_ended_holds_no_more(
    make_member: Callable[..., Person], alice: Person, lome: Territory, togo: Territory
) -> None:
    steward = make_member("Steward", "steward", togo)
    row = Role.objects.get(person=alice)
    with pytest.raises(Refused):
        end_role(row, by=alice, reason="tired")
    end_role(row, by=steward, reason="moved away")
    assert not Person.objects.get(pk=alice.pk).holds("facilitator", lome)
    assert not begin_guest(language="en").holds("facilitator", lome)
    assert Record.objects.filter(act="role.end").count() == 1
