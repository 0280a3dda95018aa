"""A second address, the main one, removing; and a steward who vouches for a new one (recovery)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from door_steps import CODE, JOIN, ask, newest_code, signed_in, wrong_code
from forms import open_browser, send
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.outbox.models import Letter, TextMessage
from tequio.people import invariants
from tequio.people.models import Person, Role, Telephone
from tequio.people.services import end_role, grant_role
from tequio.portal.door.models import AddressChange, SignInCode
from tequio.portal.door.permissions import visible_to as changes_visible_to
from tequio.portal.door.services import addresses
from tequio.territories.models import Territory
from ways_in import (
    ADDRESSES,
    CONFIRM,
    NUMBER,
    PASSWORD,
    VOUCH,
    acts,
    add_address,
    add_app,
    add_key,
    is_in,
    letters_to,
    newest_sms_code,
)

pytestmark = pytest.mark.django_db
MINA, NEW = "mina@example.org", "new@example.org"


def mails(person: Person) -> list[tuple[str, bool]]:
    return list(EmailAddress.objects.filter(user=person).order_by("id").values_list("email", "primary"))


class TestAddresses:
    def test_added_by_its_code_it_signs_in(self, member: Person, client: Client) -> None:
        add_address(open_browser(member), NEW)
        assert mails(member) == [(MINA, True), (NEW, False)]
        assert acts(member)[-1] == "address.add"
        assert "was added to your account" in letters_to(MINA)[-1]
        ask(client, NEW)
        send(client, CODE, {"code": newest_code(NEW)})
        assert signed_in(client) == str(member.pk)

    def test_nothing_is_kept_before_the_code(self, member: Person) -> None:
        send(open_browser(member), ADDRESSES, {"address": NEW})
        assert mails(member) == [(MINA, True)]

    def test_who_only_types_an_address_does_not_hold_it(self, member: Person, client: Client) -> None:
        send(open_browser(member), ADDRESSES, {"address": NEW})
        ask(client, NEW)
        assert send(client, CODE, {"code": newest_code(NEW)})["Location"] == JOIN

    def test_anothers_address_is_refused_only_after_its_code(self, member: Person, alice: Person) -> None:
        client = open_browser(member)
        answers = [send(client, ADDRESSES, {"address": to})["Location"] for to in ("alice@example.org", NEW)]
        assert answers[0] == answers[1]
        add_address(client, "alice@example.org")
        assert b"belongs to another account" in client.get(ADDRESSES).content
        assert mails(member) == [(MINA, True)]

    def test_the_main_one(self, member: Person) -> None:
        client = open_browser(member)
        add_address(client, NEW)
        row = EmailAddress.objects.get(email=NEW)
        send(client, ADDRESSES, {"do": "main", "address": row.pk})
        assert mails(member) == [(MINA, False), (NEW, True)]
        assert len(letters_to(MINA)) == 2
        send(client, ADDRESSES, {"do": "main", "address": row.pk})
        assert acts(member).count("address.main") == 1

    def test_removing_the_main_one_makes_the_next_the_main_one(self, member: Person) -> None:
        client = open_browser(member)
        add_address(client, NEW)
        old = EmailAddress.objects.get(email=MINA)
        send(client, ADDRESSES, {"do": "remove", "address": old.pk})
        assert mails(member) == [(NEW, True)]
        assert "taken off" in letters_to(MINA)[-1]
        assert "taken off" in letters_to(NEW)[-1]
        assert list(invariants.members_can_sign_in()) == []

    def test_the_last_one_stays(self, member: Person) -> None:
        row = EmailAddress.objects.get(user=member)
        answer = send(open_browser(member), ADDRESSES, {"do": "remove", "address": row.pk})
        assert answer.status_code == 422
        assert b"the only way to reach you" in answer.content

    def test_anothers_row_is_not_there(self, member: Person, alice: Person) -> None:
        row = EmailAddress.objects.get(user=alice)
        client = open_browser(member)
        for do in ("main", "remove"):
            for pk in (row.pk, "x", "", "9" * 40):
                assert send(client, ADDRESSES, {"do": do, "address": pk}).status_code == 404

    def test_five_at_most(self, member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(addresses, "MOST_ADDRESSES", 1)
        client = open_browser(member)
        add_address(client, NEW)
        assert b"five addresses at most" in client.get(ADDRESSES).content
        assert mails(member) == [(MINA, True)]

    def test_what_is_hers_already_is_not_added_again(self, member: Person) -> None:
        before = acts(member)
        add_address(open_browser(member), MINA)
        assert mails(member) == [(MINA, True)]
        assert acts(member) == before

    def test_only_she_herself_and_only_what_is_hers(self, member: Person, alice: Person) -> None:
        row = EmailAddress.objects.get(user=alice)
        for change in (addresses.make_main, addresses.remove_address):
            with pytest.raises(Refused, match="Only she herself"):
                change(alice, row, by=member)
            with pytest.raises(ValueError, match="not an address of this person"):
                change(member, row, by=member)
        assert mails(alice) == [("alice@example.org", True)]

    def test_a_code_adds_nothing_before_it_came_back_nor_for_another(
        self, member: Person, alice: Person
    ) -> None:
        send(open_browser(member), ADDRESSES, {"address": NEW})
        code = SignInCode.objects.get(to=NEW)
        with pytest.raises(ValueError, match="not proven"):
            addresses.add_proven(code, member, by=member)
        code.proven_at = timezone.now()
        with pytest.raises(ValueError, match="not proven"):
            addresses.add_proven(code, alice, by=alice)
        assert not EmailAddress.objects.filter(email=NEW).exists()

    def test_removing_a_number_there_is_not_changes_nothing(self, member: Person) -> None:
        before = acts(member)
        assert send(open_browser(member), ADDRESSES, {"do": "remove-telephone"})["Location"] == ADDRESSES
        assert acts(member) == before

    def test_six_letters_an_hour(self, member: Person) -> None:
        client = open_browser(member)
        statuses = [send(client, ADDRESSES, {"address": NEW}).status_code for _ in range(7)]
        assert statuses == [302] * 6 + [429]
        assert Letter.objects.filter(to=NEW).count() == 6

    def test_after_three_wrong_codes_the_page_says_it_is_over(self, member: Person) -> None:
        client = open_browser(member)
        send(client, ADDRESSES, {"address": NEW})
        right, wrong = newest_code(NEW), wrong_code(NEW)
        assert [send(client, CONFIRM, {"code": wrong}).status_code for _ in range(3)] == [422, 422, 410]
        assert client.get(CONFIRM).status_code == 410
        assert send(client, CONFIRM, {"code": right}).status_code == 410
        assert mails(member) == [(MINA, True)]

    def test_ten_tries_in_a_quarter_of_an_hour(self, member: Person) -> None:
        client = open_browser(member)
        statuses = []
        for _letter in range(4):
            send(client, ADDRESSES, {"address": NEW})
            wrong = wrong_code(NEW)
            statuses += [send(client, CONFIRM, {"code": wrong}).status_code for _ in range(3)]
        assert statuses == [422, 422, 410] * 3 + [422, 429, 429]

    def test_the_audit_holds_no_address(self, member: Person) -> None:
        from tequio.audit.models import Record

        add_address(open_browser(member), NEW)
        assert not any("example.org" in str(row) for row in Record.objects.values_list())


@pytest.fixture
def steward(make_member: Any, lome: Territory) -> Person:
    person: Person = make_member("Adjoa", "steward", lome)
    return person


@pytest.fixture
def ama(make_member: Any, lome: Territory) -> Person:
    person: Person = make_member("Ama")
    person.home = lome
    person.save()
    return person


def vouch(steward: Person, lost: str = "ama@example.org", to: str = NEW) -> Any:
    return send(open_browser(steward), VOUCH, {"lost": lost, "address": to, "reason": "We meet each week."})


@pytest.fixture
def sms(settings: Any, tmp_path: Any) -> None:
    settings.SMS_FOLDER = str(tmp_path)


def let_days_pass() -> None:
    AddressChange.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def come_with(address: str) -> Client:
    client = Client()
    ask(client, address)
    send(client, CODE, {"code": newest_code(address)})
    return client


class TestVouching:
    def test_after_seven_days_the_new_address_opens_the_account(self, steward: Person, ama: Person) -> None:
        elsewhere = open_browser(ama)
        add_key(elsewhere)
        add_app(elsewhere)
        send(elsewhere, PASSWORD, {"password": "seven tortoises mend the lamp"})
        assert vouch(steward).status_code == 302
        row = AddressChange.objects.get()
        assert timedelta(days=6, hours=23) < row.due_at - timezone.now() <= timedelta(days=7)
        assert "A steward says that you lost this address" in letters_to("ama@example.org")[-1]
        assert signed_in(come_with(NEW)) is None
        let_days_pass()
        client = come_with(NEW)
        assert signed_in(client) == str(ama.pk)
        assert mails(ama) == [(NEW, True)]
        assert not Authenticator.objects.exists()
        assert not is_in(elsewhere)
        ama.refresh_from_db()
        assert not ama.has_usable_password()
        row.refresh_from_db()
        assert row.outcome == "done"
        assert "address-change.begin" in acts(steward)
        assert "address-change.done" in acts(ama)
        assert "as a steward vouched for" in letters_to("ama@example.org")[-1]
        assert list(invariants.members_can_sign_in()) == []

    def test_whoever_signs_in_meanwhile_stops_it(self, steward: Person, ama: Person) -> None:
        vouch(steward)
        assert signed_in(come_with("ama@example.org")) == str(ama.pk)
        assert AddressChange.objects.get().outcome == "stopped"
        let_days_pass()
        assert signed_in(come_with(NEW)) is None

    def test_a_steward_stops_it(self, steward: Person, ama: Person) -> None:
        vouch(steward)
        row = AddressChange.objects.get()
        send(open_browser(steward), VOUCH, {"do": "stop", "change": row.pk})
        let_days_pass()
        assert signed_in(come_with(NEW)) is None
        assert acts(steward)[-1] == "address-change.stop"

    def test_it_dies_with_the_role_of_who_vouched(self, steward: Person, ama: Person) -> None:
        vouch(steward)
        end_role(Role.objects.get(person=steward), by=SYSTEM, reason="x")
        let_days_pass()
        assert signed_in(come_with(NEW)) is None
        assert AddressChange.objects.get().outcome == "stopped"

    def test_for_people_of_her_place_only_and_in_the_same_words(
        self, steward: Person, ama: Person, charlie: Person, bilbao: Territory
    ) -> None:
        Person.objects.filter(pk=charlie.pk).update(home=bilbao)
        for lost in ("charlie@example.org", "none@example.org", "adjoa@example.org"):
            answer = vouch(steward, lost=lost)
            assert answer.status_code == 422
            assert b"Nobody of your place signs in with this address." in answer.content
        assert not AddressChange.objects.exists()

    def test_a_refused_one_is_counted(self, steward: Person) -> None:
        statuses = [vouch(steward, lost=f"p{n}@example.org").content for n in range(11)]
        assert b"Nobody of your place" in statuses[9]
        assert b"very often today" in statuses[10]

    def test_not_to_an_address_that_has_an_account_and_once_a_person(
        self, steward: Person, ama: Person, alice: Person
    ) -> None:
        assert b"belongs to an account already" in vouch(steward, to="alice@example.org").content
        assert vouch(steward).status_code == 302
        assert b"waits already" in vouch(steward, to="third@example.org").content
        assert AddressChange.objects.count() == 1

    def test_only_stewards_find_the_page(
        self, steward: Person, alice: Person, mora: Person, ama: Person
    ) -> None:
        for person in (alice, mora, ama):
            assert open_browser(person).get(VOUCH).status_code == 404
            assert vouch(person).status_code == 404
        assert open_browser(steward).get(VOUCH).status_code == 200

    def test_one_of_another_place_sees_and_stops_nothing(
        self, steward: Person, ama: Person, charlie: Person, bilbao: Territory
    ) -> None:
        vouch(steward)
        grant_role(charlie, "steward", bilbao, by=SYSTEM)
        browser = open_browser(charlie)
        assert b"ama@example.org" not in browser.get(VOUCH).content
        answer = send(browser, VOUCH, {"do": "stop", "change": AddressChange.objects.get().pk})
        assert answer.status_code == 404

    def test_to_a_telephone(self, steward: Person, ama: Person, sms: None) -> None:
        vouch(steward, to=NUMBER)
        let_days_pass()
        client = Client()
        ask(client, NUMBER)
        send(client, CODE, {"code": newest_sms_code()})
        assert signed_in(client) == str(ama.pk)
        assert mails(ama) == []
        assert list(invariants.members_can_sign_in()) == []

    def test_to_a_telephone_the_address_that_is_left_becomes_the_main_one(
        self, steward: Person, ama: Person, sms: None
    ) -> None:
        add_address(open_browser(ama), "ama@example.com")
        vouch(steward, to=NUMBER)
        let_days_pass()
        client = Client()
        ask(client, NUMBER)
        send(client, CODE, {"code": newest_sms_code()})
        assert signed_in(client) == str(ama.pk)
        assert mails(ama) == [("ama@example.com", True)]
        assert Telephone.objects.get().number == NUMBER

    def test_her_telephone_is_told_where_sms_can_be_sent(
        self, steward: Person, ama: Person, make_member: Any, lome: Territory, settings: Any, tmp_path: Any
    ) -> None:
        bela = make_member("Bela")
        Person.objects.filter(pk=bela.pk).update(home=lome)
        Telephone.objects.create(person=ama, number=NUMBER)
        Telephone.objects.create(person=bela, number="+22891123456")
        vouch(steward)
        assert not TextMessage.objects.exists()
        settings.SMS_FOLDER = str(tmp_path)
        vouch(steward, lost="bela@example.org", to="newer@example.org")
        told = TextMessage.objects.get()
        assert (told.to, told.text[:8]) == ("+22891123456", "Tequio: ")
        assert "sign in before that day" in told.text

    def test_the_letter_is_in_her_language_and_names_nobody(self, steward: Person, ama: Person) -> None:
        vouch(steward)
        letter = Letter.objects.filter(to="ama@example.org").latest("pk")
        assert "Adjoa" not in letter.text
        assert NEW not in letter.text


def test_who_is_no_steward_sees_no_changes(member, guest):
    for nobody in (None, guest, member):
        assert not changes_visible_to(nobody).exists()
