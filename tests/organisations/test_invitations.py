"""Invitations: good once, for one address, until a day, and dead with whoever invited (T24)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from forms import key_of, send
from house_organisations import invited
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import Invitation, MemberClass, Membership, Organisation
from tequio.organisations.permissions import can_act_for
from tequio.organisations.selectors.invitations import invitation_by, invitations_for
from tequio.organisations.services.inviting import (
    INVITATIONS_A_DAY,
    accept_invitation,
    decline_invitation,
    prune_invitations,
    withdraw_invitation,
)
from tequio.organisations.services.memberships import admit, change_membership, end_membership
from tequio.organisations.services.organisations import set_hidden
from tequio.outbox.models import Letter
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
MINA = "mina@example.org"


def page(token: str) -> str:
    return f"/en/organisations/invitations/{token}/"


def test_the_letter_leads_to_a_page_for_its_address_alone(
    weavers: Organisation, alice: Person, member: Person, bob: Person, browser_of: Browser
) -> None:
    answer = send(
        browser_of(alice),
        f"/en/organisations/{weavers.pk}/invite/",
        {"email": "Mina@Example.org", "role": "representative"},
    )
    assert answer.status_code == 302
    letter = Letter.objects.get(to=MINA)
    assert letter.is_secret
    assert letter.good_until
    link = next(line for line in letter.text.splitlines() if "/invitations/" in line)
    token = link.rstrip("/").rsplit("/", 1)[-1]
    assert link.startswith("http://testserver/en/")
    row = Invitation.objects.get()
    assert token not in (row.token, row.address)
    assert "mina" not in f"{row.token}{row.address}{row.hint}"
    assert row.hint == "m…@example.org"
    assert browser_of(bob).get(page(token)).status_code == 404
    assert browser_of(alice).get(page(token)).status_code == 404
    assert "/sign-in/?next=" in browser_of().get(page(token))["Location"]
    mina = browser_of(member)
    shown = mina.get(page(token))
    assert "Representative" in shown.content.decode()
    done = mina.post(page(token), {"form_key": key_of(shown), "do": "accept"})
    assert done.status_code == 302
    assert can_act_for(Person.objects.get(pk=member.pk), weavers)
    assert mina.get(page(token)).status_code == 404
    assert mina.post(page(token), {"form_key": "0" * 32, "do": "accept"}).status_code == 404


def test_an_unproven_address_opens_nothing(weavers: Organisation, alice: Person, bob: Person) -> None:
    _row, token = invited(weavers, "someone@example.org", by=alice)
    EmailAddress.objects.create(user=bob, email="someone@example.org", verified=False)
    assert invitation_by(token, bob) is None
    EmailAddress.objects.filter(user=bob).update(verified=True)
    assert invitation_by(token, bob)
    assert invitation_by(token + "x", bob) is None
    assert invitation_by("\ud800", bob) is None


def _withdraw(row: Invitation, inviter: Person, other: Person) -> None:
    withdraw_invitation(row, by=other)


def _too_late(row: Invitation, inviter: Person, other: Person) -> None:
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))


def _loses_role(row: Invitation, inviter: Person, other: Person) -> None:
    membership = Membership.objects.get(person=inviter)
    change_membership(membership, role=MembershipRole.REPRESENTATIVE, member_class=None, by=other)


def _leaves(row: Invitation, inviter: Person, other: Person) -> None:
    end_membership(Membership.objects.get(person=inviter), by=Person.objects.get(pk=inviter.pk))


def _is_erased(row: Invitation, inviter: Person, other: Person) -> None:
    Person.objects.filter(pk=inviter.pk).update(is_active=False)


def _is_hidden(row: Invitation, inviter: Person, other: Person) -> None:
    set_hidden(row.organisation, "decision:1", by=other)


@pytest.mark.parametrize(
    "end", [_withdraw, _too_late, _loses_role, _leaves, _is_erased, _is_hidden], ids=lambda one: one.__name__
)
def test_dead_at_once(
    weavers: Organisation, alice: Person, bob: Person, member: Person, browser_of: Browser, end
) -> None:
    admit(weavers, person=bob, role=MembershipRole.ADMINISTRATOR)
    row, token = invited(weavers, MINA, by=alice)
    browser = browser_of(member)
    open_page = browser.get(page(token))
    assert open_page.status_code == 200
    assert [one.pk for one in invitations_for(member)] == [row.pk]
    end(row, alice, bob)
    assert browser.get(page(token)).status_code == 404
    assert browser.post(page(token), {"form_key": key_of(open_page), "do": "accept"}).status_code == 404
    with pytest.raises(Refused, match="not good any more"):
        accept_invitation(row, by=member)
    assert invitations_for(member) == []
    assert not Membership.objects.filter(person=member).exists()


def test_no_is_an_answer(weavers: Organisation, alice: Person, member: Person) -> None:
    row, token = invited(weavers, MINA, by=alice)
    decline_invitation(row, by=member)
    assert invitation_by(token, member) is None
    with pytest.raises(Refused):
        accept_invitation(row, by=member)


def test_an_invitation_lifts_and_never_lowers_a_role(
    weavers: Organisation, alice: Person, bob: Person
) -> None:
    membership = admit(weavers, person=bob)
    for role, expected in (("representative", "representative"), ("member", "representative")):
        row, _token = invited(weavers, "bob@example.org", role=role, by=alice)
        accept_invitation(row, by=bob)
        membership.refresh_from_db()
        assert membership.role == expected


def test_only_administrators_invite_and_not_without_end(
    weavers: Organisation, alice: Person, bob: Person
) -> None:
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    with pytest.raises(Refused, match="administrators"):
        invited(weavers, MINA, by=bob)
    for number in range(INVITATIONS_A_DAY):
        invited(weavers, f"a{number}@example.org", by=alice)
    with pytest.raises(Refused) as refused:
        invited(weavers, MINA, by=alice)
    assert refused.value.code == "too_often"


def test_an_invitation_names_a_class_of_its_own_organisation(
    weavers: Organisation, make, alice: Person, bob: Person, member: Person
) -> None:
    foreign, own = (
        MemberClass.objects.get(organisation=one, key="worker") for one in (make("Others", by=bob), weavers)
    )
    with pytest.raises(Refused, match="another organisation"):
        invited(weavers, MINA, member_class=foreign, by=alice)
    assert not Letter.objects.exists()
    row, _token = invited(weavers, MINA, member_class=own, by=alice)
    assert accept_invitation(row, by=member).member_class == own


def test_it_is_withdrawn_once_and_by_administrators(
    weavers: Organisation, alice: Person, bob: Person
) -> None:
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    row, _token = invited(weavers, MINA, by=alice)
    with pytest.raises(Refused, match="can withdraw"):
        withdraw_invitation(row, by=bob)
    for _ in range(2):
        withdraw_invitation(row, by=alice)
    assert Record.objects.filter(act="membership.uninvite").count() == 1


def test_where_nobody_administers_a_steward_finds_who_does(
    weavers: Organisation, alice: Person, sefa: Person, zara: Person, member: Person
) -> None:
    with pytest.raises(Refused):
        invited(weavers, MINA, by=sefa)
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    with pytest.raises(Refused):
        invited(weavers, MINA, by=zara)
    row, _token = invited(weavers, MINA, role="member", by=sefa)
    assert row.role == "administrator"
    assert accept_invitation(row, by=member).role == "administrator"


def test_old_ones_go(weavers: Organisation, alice: Person) -> None:
    invited(weavers, MINA, by=alice)
    assert prune_invitations() == 0
    Invitation.objects.update(until=timezone.now() - timedelta(days=31))
    assert prune_invitations() == 1
