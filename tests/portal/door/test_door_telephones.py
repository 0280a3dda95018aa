"""The same one door by SMS, where SMS go out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client

from door_steps import CODE, JOIN, SIGN_IN, ask, signed_in
from forms import open_browser, send
from tequio.outbox.models import Letter, TextMessage
from tequio.people import invariants
from tequio.people.models import Person, Telephone
from tequio.people.services import become_member, begin_guest
from tequio.people.services.merging import merge_guest
from tequio.portal.door.services import codes
from tequio.territories.models import Territory
from ways_in import ADDRESSES, CONFIRM, NUMBER, acts, add_address, letters_to, newest_sms_code, text_of

pytestmark = pytest.mark.django_db
ABOUT = {"name": "Ama", "language": "en", "year_of_birth": ""}


@pytest.fixture
def sms(settings: Any, tmp_path: Any) -> None:
    settings.SMS_FOLDER = str(tmp_path)


def join_by_number(client: Client, number: str = NUMBER) -> Person:
    assert ask(client, number)["Location"] == CODE
    assert send(client, CODE, {"code": newest_sms_code(number)})["Location"] == JOIN
    assert send(client, JOIN, ABOUT).status_code == 302
    return Person.objects.get(pk=signed_in(client))


def test_without_a_way_out_for_sms_only_addresses_are_taken(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "telephone" not in page
    assert 'type="email"' in page
    answer = ask(client, NUMBER)
    assert answer.status_code == 422
    assert not TextMessage.objects.exists()


@pytest.mark.usefixtures("sms")
class TestDoor:
    def test_the_page_has_one_field_for_both(self, client: Client) -> None:
        page = client.get(SIGN_IN).content.decode()
        assert "E-mail address or telephone" in page
        assert 'type="email"' not in page

    def test_joining_and_coming_back(self, client: Client) -> None:
        person = join_by_number(client)
        assert Telephone.objects.get().number == NUMBER
        assert not EmailAddress.objects.exists()
        other = Client()
        assert ask(other, "00228 90-12-34-56").status_code == 302
        send(other, CODE, {"code": newest_sms_code()})
        assert signed_in(other) == str(person.pk)
        assert list(invariants.members_can_sign_in()) == []

    def test_a_guest_keeps_what_she_did(self, guest: Person) -> None:
        client = open_browser(guest)
        assert join_by_number(client) == guest

    def test_an_address_still_works_beside(self, client: Client) -> None:
        assert ask(client, "ama@example.org").status_code == 302
        assert Letter.objects.get().to == "ama@example.org"
        assert not TextMessage.objects.exists()

    def test_known_and_unknown_numbers_get_the_same_answer(self) -> None:
        join_by_number(Client())
        known, unknown = Client(), Client()
        for client, number in ((known, NUMBER), (unknown, "+22891123456")):
            assert ask(client, number)["Location"] == CODE
        pages = [text_of(known.get(CODE)), text_of(unknown.get(CODE)).replace("+22891123456", NUMBER)]
        assert pages[0] == pages[1]
        sent = [row.text[9:] for row in TextMessage.objects.order_by("-pk")[:2]]
        assert sent[0] == sent[1]

    def test_the_sms_is_short_secret_and_good_for_a_while(self, client: Client) -> None:
        ask(client, NUMBER)
        row = TextMessage.objects.get()
        assert row.is_secret
        assert row.good_until is not None
        assert len(row.text) <= 160

    def test_three_tries(self, client: Client) -> None:
        ask(client, NUMBER)
        statuses = [send(client, CODE, {"code": "00000000"}).status_code for _ in range(3)]
        assert statuses == [422, 422, 410]

    def test_a_national_number_is_read_in_the_countries_that_are_here(
        self, client: Client, togo: Territory
    ) -> None:
        assert ask(client, "90 12 34 56").status_code == 302
        assert TextMessage.objects.get().to == NUMBER

    def test_the_home_of_who_asks_comes_first(
        self, guest: Person, lome: Territory, bilbao: Territory
    ) -> None:
        Territory.objects.create(code="CA", kind="country")
        Territory.objects.create(code="MX", kind="country")
        answer = ask(Client(), "418 555 0123")
        assert answer.status_code == 422
        assert "Begin it with +1, +52." in answer.content.decode()
        guest.home = lome
        guest.save()
        assert ask(open_browser(guest), "90 12 34 56").status_code == 302

    @pytest.mark.parametrize("typed", ["12", "+228", "+34 803 123 456", "call me", "+" * 30])
    def test_what_is_no_number_is_said_beside_the_field(self, client: Client, typed: str) -> None:
        answer = ask(client, typed)
        assert answer.status_code == 422
        assert b"or a number, as +228" in answer.content
        assert not TextMessage.objects.exists()

    def test_sms_are_counted_by_number_and_network(self) -> None:
        answers = [ask(Client(), NUMBER).status_code for _ in range(6)]
        assert answers == [302] * 4 + [429] * 2
        elsewhere = Client(REMOTE_ADDR="198.51.100.7")
        assert ask(elsewhere, NUMBER).status_code == 429
        others = [ask(Client(), f"+2289100{number:04}").status_code for number in range(26)]
        assert others[-3:] == [302, 429, 429] or others.count(302) == codes.SMS_AN_HOUR_FROM_NETWORK - 6

    def test_letters_do_not_count_for_sms(self) -> None:
        for _ in range(7):
            ask(Client(), "ama@example.org")
        assert ask(Client(), NUMBER).status_code == 302


class TestRows:
    def test_a_proven_number_is_kept_once(self, member: Person, alice: Person) -> None:
        Telephone.objects.create(person=member, number=NUMBER)
        with pytest.raises(IntegrityError), transaction.atomic():
            Telephone.objects.create(person=alice, number=NUMBER)

    def test_merging_keeps_the_members_number(self, member: Person, guest: Person) -> None:
        Telephone.objects.create(person=member, number=NUMBER)
        Telephone.objects.create(person=guest, number="+22891123456")
        merge_guest(guest, member, by=member)
        assert Telephone.objects.get().number == NUMBER

    def test_nobody_joins_without_address_and_number(self, guest: Person) -> None:
        with pytest.raises(ValueError, match="address or a telephone"):
            become_member(guest)

    def test_verify_names_a_member_who_cannot_come_in_and_a_guest_who_can(
        self, member: Person, guest: Person
    ) -> None:
        EmailAddress.objects.all().delete()
        Telephone.objects.create(person=guest, number=NUMBER)
        assert list(invariants.members_can_sign_in()) == [
            f"person {member.pk} is a member with 0 first addresses"
        ]
        assert list(invariants.guests_hold_nothing()) == [f"person {guest.pk} is a guest and has a telephone"]

    def test_a_member_with_both_is_in_order(self) -> None:
        become_member(begin_guest(language="en"), email="a@example.org", telephone=NUMBER)
        assert list(invariants.members_can_sign_in()) == []


@pytest.mark.usefixtures("sms")
class TestAccount:
    def test_a_number_is_added_by_its_code(self, member: Person) -> None:
        client = open_browser(member)
        assert add_address(client, NUMBER)["Location"] == ADDRESSES
        assert Telephone.objects.get().person == member
        assert acts(member)[-1] == "telephone.add"
        assert "A telephone number was added" in letters_to("mina@example.org")[-1]

    def test_a_new_number_takes_the_place_of_the_old_one(self, member: Person) -> None:
        client = open_browser(member)
        add_address(client, NUMBER)
        add_address(client, "+22891123456")
        assert Telephone.objects.get().number == "+22891123456"

    def test_the_number_of_another_account_is_refused_after_its_code(
        self, member: Person, alice: Person
    ) -> None:
        Telephone.objects.create(person=alice, number=NUMBER)
        client = open_browser(member)
        add_address(client, NUMBER)
        assert b"belongs to another account" in client.get(ADDRESSES).content
        assert Telephone.objects.get().person == alice

    def test_removing_it_tells_the_address(self, member: Person) -> None:
        client = open_browser(member)
        add_address(client, NUMBER)
        send(client, ADDRESSES, {"do": "remove-telephone"})
        assert not Telephone.objects.exists()
        assert "taken off" in letters_to("mina@example.org")[-1]

    def test_the_only_way_to_reach_her_stays(self, client: Client) -> None:
        join_by_number(client)
        answer = send(client, ADDRESSES, {"do": "remove-telephone"})
        assert answer.status_code == 422
        assert b"the only way to reach you" in answer.content
        assert Telephone.objects.exists()

    def test_where_only_a_number_is_known_an_sms_tells(self, client: Client) -> None:
        join_by_number(client)
        add_address(client, "+22891123456")
        told = TextMessage.objects.filter(is_secret=False).values_list("to", flat=True)
        assert sorted(told) == ["+22890123456", "+22891123456"]

    def test_wrong_codes_add_nothing(self, member: Person) -> None:
        client = open_browser(member)
        send(client, ADDRESSES, {"address": NUMBER})
        assert [send(client, CONFIRM, {"code": "00000000"}).status_code for _ in range(3)] == [422, 422, 410]
        assert not Telephone.objects.exists()


class TestMailbox:
    def test_the_demonstration_shows_sms_too(self, client: Client, settings: Any) -> None:
        settings.IS_DEMO = True
        ask(client, NUMBER)
        page = client.get("/en/mailbox/").content.decode()
        code = newest_sms_code()
        assert f"{code[:4]} {code[4:]}" in page
        assert "SMS" in page
