"""Roles: granted by address or code, invited, ended with a reason, and gone at once (T24)."""

from __future__ import annotations

import re
import threading
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from forms import send
from house import build_house
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.command_line import CommandFailed
from tequio.base.errors import Refused
from tequio.outbox.models import Letter
from tequio.people.commands import roles as command
from tequio.people.models import Person, Role, RoleInvitation
from tequio.people.services.roles import (
    accept_invitation,
    end_role,
    grant_by_address,
    grant_role,
    prune_invitations,
    revoke_invitation,
)
from tequio.territories.models import Territory

Maker = Callable[..., Person]
Browser = Callable[..., Client]
ROLES, GRANT, PEOPLE = (f"/en/places/TG-M-lome/{page}" for page in ("roles/", "roles/new/", "people/"))


def token() -> str:
    found = re.search(r"/invitation/([\w-]+)/", Letter.objects.latest("pk").text)
    assert found
    return found[1]


@pytest.mark.django_db
class TestGranting:
    def test_to_a_member_by_her_exact_address(self, steward: Person, member: Person, lome: Territory) -> None:
        made = grant_by_address("Mina@Example.org", "moderator", lome, reason="offered", by=steward)
        assert isinstance(made, Role)
        assert (made.person, made.granted_by, made.reason) == (member, steward, "offered")
        assert "Moderator" in Letter.objects.get().text
        assert Record.objects.filter(act="role.grant", actor=steward.audit_id).count() == 1

    def test_twice_is_once(self, steward: Person, member: Person, lome: Territory) -> None:
        first = grant_role(member, "moderator", lome, by=steward)
        assert grant_role(member, "moderator", lome, by=steward) == first
        assert Record.objects.filter(act="role.grant", actor=steward.audit_id).count() == 1

    def test_not_to_guests_nor_to_closed_accounts(
        self, steward: Person, member: Person, guest: Person, lome: Territory
    ) -> None:
        member.is_active = False
        for person in (guest, member):
            with pytest.raises(Refused):
                grant_role(person, "moderator", lome, by=steward)

    def test_not_by_others(
        self, alice: Person, member: Person, lome: Territory, steward: Person, bilbao: Territory
    ) -> None:
        for by, place in ((alice, lome), (member, lome), (steward, bilbao)):
            with pytest.raises(Refused):
                grant_by_address("mina@example.org", "translator", place, reason="x", by=by)


@pytest.mark.django_db
class TestEnding:
    def test_with_a_reason_and_at_once(
        self, browser_of: Browser, steward: Person, make_member: Maker, lome: Territory
    ) -> None:
        """T24: with the session she has."""
        second = make_member("Second", "steward", lome)
        browser = browser_of(second)
        assert browser.get(ROLES).status_code == 200
        row = second.roles.get()
        with pytest.raises(Refused):
            end_role(row, by=steward, reason="  ")
        end_role(row, by=steward, reason="She moved away.")
        row.refresh_from_db()
        assert (row.ended_by, row.end_reason) == (steward, "She moved away.")
        assert browser.get(ROLES).status_code == 404
        assert send(browser, GRANT, {"role": "moderator", "email": "x@example.org"}).status_code == 404

    def test_the_last_steward_stays(
        self, steward: Person, make_member: Maker, lome: Territory, togo: Territory
    ) -> None:
        row = steward.roles.get()
        above = make_member("Above", "steward", togo)
        for by in (steward, above):
            with pytest.raises(Refused) as refused:
                end_role(row, by=by, reason="tired")
            assert refused.value.code == "last_steward"
        closed = make_member("Closed", "steward", lome)
        Person.objects.filter(pk=closed.pk).update(is_active=False)
        with pytest.raises(Refused):
            end_role(row, by=steward, reason="tired")
        grant_role(make_member("Next"), "steward", lome, by=steward)
        end_role(row, by=steward, reason="tired")
        assert not Person.objects.get(pk=steward.pk).holds("steward", lome)

    def test_the_operator_may_end_the_last_one(self, steward: Person, lome: Territory) -> None:
        end_role(steward.roles.get(), by=SYSTEM, reason="account stolen")
        assert not Role.objects.filter(ended_at=None).exists()

    def test_ending_twice_is_once(self, steward: Person, alice: Person) -> None:
        row = alice.roles.get()
        end_role(row, by=steward, reason="one")
        end_role(row, by=steward, reason="two")
        row.refresh_from_db()
        assert row.end_reason == "one"
        assert Record.objects.filter(act="role.end").count() == 1

    def test_not_by_others(self, alice: Person, charlie: Person, mora: Person) -> None:
        for by in (alice, charlie, mora):
            with pytest.raises(Refused):
                end_role(mora.roles.get(), by=by, reason="x")


@pytest.mark.django_db(transaction=True)
def test_two_stewards_who_end_one_another_leave_one(make_member: Maker, lome: Territory) -> None:
    one, other = make_member("One", "steward", lome), make_member("Other", "steward", lome)
    barrier, refused = threading.Barrier(2), []

    def end(row: Role, by: Person) -> None:
        barrier.wait()
        try:
            end_role(row, by=Person.objects.get(pk=by.pk), reason="you go")
        except Refused as error:
            refused.append(error.code)
        finally:
            connection.close()

    pairs = ((one.roles.get(), other), (other.roles.get(), one))
    threads = [threading.Thread(target=end, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Role.objects.filter(role="steward", ended_at=None).count() == 1
    assert len(refused) == 1


@pytest.mark.django_db
class TestInvitation:
    def invite(self, steward: Person, lome: Territory, role: str = "moderator") -> RoleInvitation:
        made = grant_by_address("new@example.org", role, lome, reason="offered", by=steward)
        assert isinstance(made, RoleInvitation)
        return made

    def test_who_proves_the_address_takes_it(
        self, browser_of: Browser, steward: Person, make_member: Maker, lome: Territory
    ) -> None:
        row = self.invite(steward, lome)
        path = f"/en/invitation/{token()}/"
        assert token() not in row.digest
        assert b"Sign in first" in browser_of().get(path).content
        new = make_member("New")
        browser = browser_of(new)
        assert browser.get(path).status_code == 200
        assert send(browser, path, {"do": "accept"})["Location"] == PEOPLE
        assert Person.objects.get(pk=new.pk).holds("moderator", lome)
        row.refresh_from_db()
        assert (row.email, row.taken_as) == ("", new.roles.get())
        assert browser.get(path).status_code == 410

    def test_a_link_that_was_passed_on_is_of_no_use(
        self, browser_of: Browser, steward: Person, member: Person, lome: Territory
    ) -> None:
        self.invite(steward, lome)
        answer = send(browser_of(member), f"/en/invitation/{token()}/", {"do": "accept"})
        assert answer.status_code == 422
        assert b"another address" in answer.content
        assert not Person.objects.get(pk=member.pk).holds("moderator", lome)

    def test_called_back_it_is_dead_at_once(
        self, browser_of: Browser, steward: Person, make_member: Maker, alice: Person, lome: Territory
    ) -> None:
        """T24."""
        row, new = self.invite(steward, lome), make_member("New")
        path, browser = f"/en/invitation/{token()}/", browser_of(new)
        assert browser.get(path).status_code == 200
        with pytest.raises(Refused):
            revoke_invitation(row, by=alice)
        revoke_invitation(row, by=steward)
        assert send(browser, path, {"do": "accept"}).status_code == 410
        assert not new.roles.exists()
        row.refresh_from_db()
        assert row.email == ""

    def test_it_dies_with_the_role_of_who_invited(
        self, steward: Person, make_member: Maker, lome: Territory
    ) -> None:
        row, new = self.invite(steward, lome), make_member("New")
        end_role(steward.roles.get(), by=SYSTEM, reason="stolen")
        with pytest.raises(Refused):
            accept_invitation(row, by=new)

    def test_over_after_two_weeks(self, steward: Person, make_member: Maker, lome: Territory) -> None:
        row, new = self.invite(steward, lome), make_member("New")
        RoleInvitation.objects.update(until=timezone.now() - timedelta(seconds=1))
        with pytest.raises(Refused):
            accept_invitation(row, by=new)
        assert prune_invitations() == 1
        row.refresh_from_db()
        assert row.email == ""

    def test_a_second_replaces_the_first(self, browser_of: Browser, steward: Person, lome: Territory) -> None:
        self.invite(steward, lome)
        first = token()
        self.invite(steward, lome)
        assert browser_of().get(f"/en/invitation/{first}/").status_code == 410
        assert browser_of().get(f"/en/invitation/{token()}/").status_code == 200
        assert browser_of().get("/en/invitation/nonsense/").status_code == 404

    def test_who_has_the_role_already_gets_no_second(
        self, steward: Person, make_member: Maker, lome: Territory
    ) -> None:
        row, new = self.invite(steward, lome), make_member("New")
        grant_role(new, "moderator", lome, by=steward)
        accept_invitation(row, by=new)
        assert new.roles.count() == 1


@pytest.mark.django_db
class TestCommand:
    def run(self, word: str, **more: Any) -> int:
        given = {"email": "mina@example.org", "role": "steward", "territory": "TG-M-lome", "reason": "first"}
        return command.run(Namespace(word=word, **{**given, **more}))

    def test_the_first_steward_of_a_fresh_installation(
        self, member: Person, lome: Territory, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.run("grant") == 0
        assert "mina@example.org is steward of TG-M-lome now." in capsys.readouterr().out
        assert Person.objects.get(pk=member.pk).holds("steward", lome)
        assert self.run("list") == 0
        assert re.search(r"steward +Mina", capsys.readouterr().out)
        assert self.run("end", reason="moved") == 0
        with pytest.raises(CommandFailed, match="is not steward"):
            self.run("end")

    def test_somebody_unknown_is_invited(self, lome: Territory, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run("grant", email="new@example.org") == 0
        assert "invitation" in capsys.readouterr().out
        assert RoleInvitation.objects.get().invited_by is None

    def test_an_operators_invitation_can_be_taken(self, make_member: Maker, lome: Territory) -> None:
        self.run("grant", email="new@example.org")
        new = make_member("New")
        accept_invitation(RoleInvitation.objects.get(), by=new)
        assert Person.objects.get(pk=new.pk).holds("steward", lome)

    def test_mistakes_are_named(self, lome: Territory) -> None:
        with pytest.raises(CommandFailed, match="no place"):
            self.run("grant", territory="nowhere")
        with pytest.raises(CommandFailed, match="not an e-mail"):
            self.run("grant", email="mina")


@pytest.mark.django_db
def test_a_house_can_be_built_twice() -> None:
    assert build_house("one").notes["role"] != build_house("two").notes["role"]
