"""A steward's word on an organisation, its end, and the register that it may keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from forms import send
from tequio.audit.models import Record
from tequio.base.errors import Refused
from tequio.organisations.enums import MembershipRole, Standing
from tequio.organisations.invariants import (
    classes_belong_to_their_organisation,
    every_organisation_shows_its_newest_verification,
    notes,
    registers_are_trusted_only_while_verified,
)
from tequio.organisations.models import (
    MemberClass,
    Membership,
    Organisation,
    RegisterGrant,
    Verification,
    today,
)
from tequio.organisations.permissions import can_use_register, can_verify
from tequio.organisations.selectors.listing import to_verify
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import ask_to_be_verified
from tequio.organisations.services.verifying import allow_register, end_verification, stop_register, verify
from tequio.people.models import Person, Residence
from tequio.people.services.residence import set_rule
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
DAY = date(2026, 1, 5)


def verified(organisation: Organisation, by: Person) -> Verification:
    return verify(organisation, method="papers", checked_on=DAY, evidence="Statutes.", by=by)


def now(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_related("verification", "territory").get(pk=organisation.pk)


def test_a_steward_of_its_place_says_so_and_that_it_ended(
    weavers: Organisation, alice: Person, bob: Person, sefa: Person, zara: Person
) -> None:
    for person in (alice, bob, zara):
        assert not can_verify(person, weavers)
        with pytest.raises(Refused, match="steward"):
            verified(weavers, person)
    assert to_verify(sefa) == [weavers]
    assert to_verify(zara) == []
    row = verified(weavers, sefa)
    assert (now(weavers).standing, to_verify(sefa)) == (Standing.VERIFIED, [])
    with pytest.raises(Refused, match="meanwhile"):
        verified(weavers, sefa)
    with pytest.raises(Refused, match="reason"):
        end_verification(weavers, reason="", by=sefa)
    end_verification(weavers, reason="The papers ran out.", by=sefa)
    row.refresh_from_db()
    assert (row.ended_by, row.reason) == (sefa, "The papers ran out.")
    assert now(weavers).standing == Standing.ENDED
    with pytest.raises(Refused, match="not verified"):
        end_verification(weavers, reason="Again.", by=sefa)
    assert to_verify(sefa) == []
    for _ in range(2):
        ask_to_be_verified(weavers, by=alice)
    assert Record.objects.filter(act="organisation.ask").count() == 1
    assert to_verify(sefa) == [weavers]
    verified(weavers, sefa)
    assert Verification.objects.count() == 2
    assert Record.objects.filter(act__in=("organisation.verify", "organisation.unverify")).count() == 3
    assert list(every_organisation_shows_its_newest_verification()) == []


def test_nobody_verifies_what_she_runs(make, sefa: Person) -> None:
    own = make("Own", by=sefa)
    assert not can_verify(sefa, own)
    with pytest.raises(Refused, match="does not run it"):
        verified(own, sefa)


def test_a_day_to_come_is_no_day(weavers: Organisation, sefa: Person) -> None:
    with pytest.raises(Refused, match="to come"):
        verify(weavers, method="visit", checked_on=today() + timedelta(days=1), evidence="x", by=sefa)


def test_it_stands_plainly_on_the_page(weavers: Organisation, sefa: Person, browser_of: Browser) -> None:
    path = f"/en/organisations/{weavers.pk}/"
    assert "That says nothing against it." in browser_of().get(path).content.decode()
    verified(weavers, sefa)
    shown = browser_of(sefa).get(path).content.decode()
    assert "Papers were seen, 5 January" in shown
    assert "Sefa, steward of Lomé, says so." in shown
    end_verification(weavers, reason="The papers ran out.", by=sefa)
    assert "The papers ran out." in browser_of(sefa).get(path).content.decode()


def test_the_register_is_trusted_while_it_is_verified(
    weavers: Organisation,
    alice: Person,
    bob: Person,
    sefa: Person,
    lome: Territory,
    bilbao: Territory,
    togo: Territory,
) -> None:
    with pytest.raises(Refused, match="first"):
        allow_register(weavers, lome, by=sefa)
    verified(weavers, sefa)
    for place in (bilbao, togo):
        with pytest.raises(Refused, match="that place"):
            allow_register(weavers, place, by=sefa)
    set_rule(lome, methods=["in_person"], months=24, by=sefa)
    with pytest.raises(Refused, match="does not verify by registers"):
        allow_register(weavers, lome, by=sefa)
    set_rule(lome, methods=["register"], months=24, by=sefa)
    first = allow_register(weavers, lome, by=sefa)
    assert allow_register(weavers, lome, by=sefa) == first
    assert can_use_register(alice, weavers, lome)
    assert not can_use_register(alice, weavers, bilbao)
    assert not can_use_register(bob, weavers, lome)
    assert stop_register(weavers, by=sefa) == 1
    assert not can_use_register(alice, weavers, lome)
    allow_register(weavers, lome, by=sefa)
    end_verification(weavers, reason="It is gone.", by=sefa)
    assert not can_use_register(alice, weavers, lome)
    assert not RegisterGrant.objects.filter(ended_at=None).exists()


def test_a_representative_confirms_who_lives_there(
    weavers: Organisation, alice: Person, bob: Person, member: Person, sefa: Person, lome: Territory, bilbao: Territory,
    browser_of: Browser,
) -> None:  # fmt: skip
    admit(weavers, person=member)
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    path = f"/en/organisations/{weavers.pk}/register/"
    browser = browser_of(bob)
    form = {"person": member.pk, "territory": lome.pk, "is_so": "on"}
    assert send(browser, path, form).status_code == 404
    verified(weavers, sefa)
    assert send(browser, path, form).status_code == 404
    allow_register(weavers, lome, by=sefa)
    for wrong in ({"person": bob.pk}, {"person": sefa.pk}, {"territory": bilbao.pk}, {"is_so": ""}):
        assert send(browser, path, {**form, **wrong}).status_code == 422
    assert not Residence.objects.exists()
    assert send(browser, path, form).status_code == 302
    row = Residence.objects.get()
    assert (row.person, row.territory, row.register) == (
        member,
        lome,
        f"organisations.organisation:{weavers.pk}",
    )
    assert row.verified_by == bob.audit_id
    assert send(browser_of(member), path, form).status_code == 404
    end_verification(weavers, reason="It is gone.", by=sefa)
    assert send(browser, path, form).status_code == 404


def test_a_place_that_asks_no_registers_any_more_takes_no_word_of_one(
    weavers: Organisation, member: Person, sefa: Person, bob: Person, lome: Territory, browser_of: Browser
) -> None:
    admit(weavers, person=member)
    admit(weavers, person=bob, role=MembershipRole.REPRESENTATIVE)
    verified(weavers, sefa)
    allow_register(weavers, lome, by=sefa)
    set_rule(lome, methods=["in_person"], months=24, by=sefa)
    form = {"person": member.pk, "territory": lome.pk, "is_so": "on"}
    answer = send(browser_of(bob), f"/en/organisations/{weavers.pk}/register/", form)
    assert answer.status_code == 422
    assert "This place does not verify in this way." in answer.content.decode()
    assert not Residence.objects.exists()


def test_stewards_allow_and_stop_on_the_page(
    weavers: Organisation, sefa: Person, browser_of: Browser
) -> None:
    path = f"/en/organisations/{weavers.pk}/verify/"
    browser = browser_of(sefa)
    assert send(browser, path, {"do": "allow"}).status_code == 422
    assert (
        send(browser, path, {"method": "visit", "checked_on": "2999-01-01", "evidence": "x"}).status_code
        == 422
    )
    done = send(
        browser, path, {"method": "visit", "checked_on": "2026-01-05", "evidence": "Seen.", "do": "verify"}
    )
    assert done.status_code == 302
    for do, number in (("allow", 1), ("stop", 0)):
        assert send(browser, path, {"do": do}).status_code == 302
        assert RegisterGrant.objects.filter(ended_at=None).count() == number
    assert send(browser, path, {"do": "end", "reason": ""}).status_code == 422
    assert send(browser, path, {"do": "end", "reason": "Gone."}).status_code == 302
    assert now(weavers).standing == Standing.ENDED


def test_the_books_find_what_is_made_by_hand(make, sefa: Person, lome: Territory, alice: Person) -> None:
    one, other = make("One"), make("Other")
    row = verified(one, sefa)
    assert list(notes()) == []
    Organisation.objects.filter(pk=other.pk).update(verification=row)
    Organisation.objects.filter(pk=one.pk).update(verification=None)
    RegisterGrant.objects.create(organisation=one, territory=lome)
    foreign = MemberClass.objects.filter(organisation=other).first()
    Membership.objects.filter(organisation=one).update(member_class=foreign)
    assert len(list(every_organisation_shows_its_newest_verification())) == 2
    assert len(list(registers_are_trusted_only_while_verified())) == 1
    assert len(list(classes_belong_to_their_organisation())) == 1
    Person.objects.filter(pk=alice.pk).update(is_active=False)
    assert "2 organisations have no administrator" in next(iter(notes()))
