"""The authenticator app after the code, and recovery codes in place of what was lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from door_steps import CODE, ask, newest_code, signed_in
from forms import open_browser, send
from tequio.base.errors import Refused
from tequio.people.models import Device, Person
from tequio.portal.door.services import second_steps
from ways_in import (
    ADDRESSES,
    APP,
    CODES,
    PASSWORD,
    RECOVER,
    SECOND_STEP,
    WITH_PASSWORD,
    acts,
    add_app,
    is_in,
    letters_to,
    make_codes,
    number_of_app,
    secret_on_page,
    text_of,
    wrong_numbers,
)

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"


def come_to_second_step(client: Client) -> Any:
    ask(client, MINA)
    answer = send(client, CODE, {"code": newest_code(MINA)})
    assert answer["Location"] == SECOND_STEP
    return answer


class TestApp:
    def test_its_number_is_asked_for_after_the_code(self, member: Person, client: Client) -> None:
        secret = add_app(open_browser(member))
        come_to_second_step(client)
        assert not is_in(client)
        answer = send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)})
        assert answer.status_code == 302
        assert signed_in(client) == str(member.pk)
        assert acts(member)[-1] == "second-step.add"
        assert "authenticator app was added" in letters_to(MINA)[-1]

    def test_and_after_the_password(self, member: Person, client: Client) -> None:
        browser = open_browser(member)
        secret = add_app(browser)
        send(browser, PASSWORD, {"password": "seven tortoises mend the lamp"})
        form = {"address": MINA, "password": "seven tortoises mend the lamp"}
        assert send(client, WITH_PASSWORD, form)["Location"] == SECOND_STEP
        assert not is_in(client)
        send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)})
        assert Device.objects.get(session_key=client.session.session_key).way == "password"

    def test_where_she_was_going_is_kept(self, member: Person, client: Client) -> None:
        secret = add_app(open_browser(member))
        ask(client, MINA, next="/en/accessibility/")
        send(client, CODE, {"code": newest_code(MINA)})
        answer = send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)})
        assert answer["Location"] == "/en/accessibility/"

    def test_a_guest_is_merged_after_the_second_step_only(self, member: Person, guest: Person) -> None:
        secret = add_app(open_browser(member))
        client = open_browser(guest)
        come_to_second_step(client)
        guest.refresh_from_db()
        assert guest.is_active
        send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)})
        guest.refresh_from_db()
        assert guest.merged_into == member

    def test_a_number_is_taken_once(self, member: Person) -> None:
        """Also by another worker process, whose cache knows nothing of it."""
        secret = add_app(open_browser(member))
        number = number_of_app(secret, steps=1)
        first, second = Client(), Client()
        come_to_second_step(first)
        come_to_second_step(second)
        assert send(first, SECOND_STEP, {"code": number}).status_code == 302
        cache.clear()
        assert send(second, SECOND_STEP, {"code": number}).status_code == 422
        assert send(second, SECOND_STEP, {"code": number_of_app(secret)}).status_code == 422

    def test_ten_tries(self, member: Person, client: Client) -> None:
        secret = add_app(open_browser(member))
        come_to_second_step(client)
        wrong = wrong_numbers(secret, 11)
        statuses = [send(client, SECOND_STEP, {"code": number}).status_code for number in wrong]
        assert statuses == [422] * 10 + [429]
        assert send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)}).status_code == 429

    def test_the_page_alone_opens_nothing(self, member: Person, client: Client) -> None:
        secret = add_app(open_browser(member))
        assert client.get(SECOND_STEP)["Location"] == "/en/sign-in/"
        assert send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)}).status_code == 302
        assert not is_in(client)

    def test_closed_between_the_steps(self, member: Person, client: Client) -> None:
        secret = add_app(open_browser(member))
        come_to_second_step(client)
        Person.objects.update(is_active=False)
        send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)})
        assert not is_in(client)

    def test_a_wrong_number_adds_nothing(self, member: Person) -> None:
        browser = open_browser(member)
        for wrong in (*wrong_numbers(secret_on_page(browser), 2), "no number"):
            assert send(browser, APP, {"code": wrong}).status_code == 422
        assert not Authenticator.objects.exists()

    def test_the_secret_stays_while_she_types(self, member: Person) -> None:
        browser = open_browser(member)
        assert text_of(browser.get(APP)) == text_of(browser.get(APP))
        add_app(browser)
        assert "app_secret" not in browser.session

    def test_removed_it_is_asked_for_no_more(self, member: Person, client: Client) -> None:
        browser = open_browser(member)
        add_app(browser)
        assert b"Remove the app" in browser.get(APP).content
        send(browser, APP, {"do": "remove"})
        ask(client, MINA)
        send(client, CODE, {"code": newest_code(MINA)})
        assert is_in(client)

    def test_there_is_one_app_at_most(self, member: Person) -> None:
        secret = add_app(open_browser(member))
        with pytest.raises(Refused, match="authenticator app already"):
            second_steps.add_app(member, secret, number_of_app(secret), by=member)
        assert Authenticator.objects.count() == 1

    def test_removed_between_the_steps_its_number_opens_nothing(self, member: Person, client: Client) -> None:
        browser = open_browser(member)
        secret = add_app(browser)
        come_to_second_step(client)
        send(browser, APP, {"do": "remove"})
        assert send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)}).status_code == 422
        assert not is_in(client)

    def test_removing_what_is_not_there_changes_nothing(self, member: Person) -> None:
        before = acts(member)
        assert send(open_browser(member), APP, {"do": "remove"}).status_code == 302
        assert acts(member) == before

    def test_only_she_herself_changes_it(self, member: Person, alice: Person) -> None:
        add_app(open_browser(member))
        for change in (second_steps.remove_app, second_steps.make_codes):
            with pytest.raises(Refused, match="Only she herself"):
                change(member, by=alice)
        assert Authenticator.objects.count() == 1

    def test_the_table_alone_gives_nobody_a_number(self, member: Person) -> None:
        browser = open_browser(member)
        secret = add_app(browser)
        codes = make_codes(browser)
        kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in kept
        assert all(code.replace(" ", "") not in kept for code in codes)


class TestRecoveryCodes:
    def test_ten_of_twelve_digits(self, member: Person) -> None:
        browser = open_browser(member)
        codes = make_codes(browser)
        assert len(set(codes)) == 10
        assert {len(code.replace(" ", "")) for code in codes} == {12}
        assert b"10 codes left" in browser.get("/en/account/").content
        assert acts(member)[-1] == "recovery-codes.make"

    def test_one_opens_the_account_whose_address_is_lost(self, member: Person, client: Client) -> None:
        codes = make_codes(open_browser(member))
        answer = send(client, RECOVER, {"address": MINA, "code": codes[3]})
        assert answer["Location"] == ADDRESSES
        assert client.get(ADDRESSES).status_code == 200
        assert "with a recovery code" in letters_to(MINA)[-1]
        assert Device.objects.get(session_key=client.session.session_key).way == "recovery"

    def test_each_is_good_once(self, member: Person) -> None:
        browser = open_browser(member)
        code = make_codes(browser)[0]
        assert send(Client(), RECOVER, {"address": MINA, "code": code}).status_code == 302
        assert send(Client(), RECOVER, {"address": MINA, "code": code}).status_code == 422
        assert b"9 codes left" in browser.get("/en/account/").content

    def test_new_ones_end_those_before(self, member: Person) -> None:
        browser = open_browser(member)
        old = make_codes(browser)
        new = make_codes(browser)
        assert not set(old) & set(new)
        assert send(Client(), RECOVER, {"address": MINA, "code": old[0]}).status_code == 422
        assert send(Client(), RECOVER, {"address": MINA, "code": new[0]}).status_code == 302

    def test_one_stands_in_for_the_app(self, member: Person, client: Client) -> None:
        browser = open_browser(member)
        add_app(browser)
        codes = make_codes(browser)
        come_to_second_step(client)
        assert send(client, SECOND_STEP, {"code": codes[0]}).status_code == 302
        assert is_in(client)

    def test_a_found_list_alone_does_not_open_an_account_with_an_app(
        self, member: Person, client: Client
    ) -> None:
        browser = open_browser(member)
        secret = add_app(browser)
        codes = make_codes(browser)
        assert send(client, RECOVER, {"address": MINA, "code": codes[0]})["Location"] == SECOND_STEP
        assert send(client, SECOND_STEP, {"code": codes[1]}).status_code == 422
        assert not is_in(client)
        assert send(client, SECOND_STEP, {"code": number_of_app(secret, steps=1)}).status_code == 302
        assert is_in(client)

    def test_one_answer_and_the_same_questions_for_known_and_unknown(
        self, member: Person, bob: Person
    ) -> None:
        make_codes(open_browser(member))
        seen = []
        for address in (MINA, "bob@example.org", "none@example.org"):
            with CaptureQueriesContext(connection) as queries:
                answer = send(Client(), RECOVER, {"address": address, "code": "123456789012"})
            assert answer.status_code == 422
            seen.append((text_of(answer).replace(address, "ADDRESS"), len(queries)))
        assert seen[0] == seen[1] == seen[2]

    def test_ten_tries_for_an_address(self, member: Person) -> None:
        code = make_codes(open_browser(member))[0]
        for network in range(2):
            client = Client(REMOTE_ADDR=f"198.51.100.{network}")
            for n in range(5):
                form = {"address": MINA, "code": f"{n:012}"}
                assert send(client, RECOVER, form).status_code == 422
        assert send(Client(), RECOVER, {"address": MINA, "code": code}).status_code == 429

    def test_what_a_day_of_guessing_is_worth(self) -> None:
        """Ten tries a quarter of an hour, ten good codes, a million million."""
        tries = second_steps.TRIES_OF_A_PERSON * 4 * 24
        assert tries * 10 / 10**12 < 1 / 100_000_000

    def test_none_where_none_were_made(self, member: Person) -> None:
        assert b"You have none" in open_browser(member).get(CODES).content
        assert send(Client(), RECOVER, {"address": MINA, "code": ""}).status_code == 422
