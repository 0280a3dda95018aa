"""The optional password: strength by guesses, one answer for known and unknown, the same work for both."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from door_steps import SIGN_IN, signed_in
from forms import open_browser, send
from tequio.people.models import Device, Person
from tequio.portal.door.adapters.strength import measure
from tequio.portal.door.enums import Weakness
from tequio.portal.door.services import passwords
from tequio.portal.door.types import say_strength
from ways_in import GOOD_PASSWORD, PASSWORD, WITH_PASSWORD, acts, is_in, letters_to, text_of

pytestmark = pytest.mark.django_db


def set_password(person: Person, password: str = GOOD_PASSWORD) -> Client:
    client = open_browser(person)
    assert send(client, PASSWORD, {"password": password}).status_code == 302
    return client


def try_password(client: Client, address: str = "mina@example.org", password: str = GOOD_PASSWORD) -> Any:
    return send(client, WITH_PASSWORD, {"address": address, "password": password})


class TestStrength:
    @pytest.mark.parametrize(
        ("password", "why"),
        [
            ("password", Weakness.COMMON),
            ("Pa55word1", Weakness.COMMON),
            ("qwertyuiop", Weakness.COMMON),
            ("poiuhjkl", Weakness.KEYBOARD),
            ("aaaaaaaaaaaaaa", Weakness.REPEAT),
            ("abcdefghijklm", Weakness.ROW),
            ("14/07/1985", Weakness.DATE),
            ("elizabeth", Weakness.NAME),
            ("mina", Weakness.ABOUT_YOU),
            ("kX9w", Weakness.SHORT),
        ],
    )
    def test_what_is_easy_is_named(self, password: str, why: Weakness) -> None:
        strength = measure(password, ["Mina Adjo", "mina@example.org"])
        assert strength.guesses < passwords.FEWEST_GUESSES
        assert why in strength.weaknesses

    @pytest.mark.parametrize(
        ("guesses", "says"),
        [
            (1e14, "Very strong"), (9e13, "Strong"), (1e10, "Strong"), (9e9, "Good enough"), (1e8, "Good enough"),
            (99_999_999, "in about 90,000,000 tries"), (1_234, "in about 1,000 tries"),
        ],
    )  # fmt: skip
    def test_how_strong_it_is_is_said(self, guesses: float, says: str) -> None:
        assert says in say_strength(guesses, []).words

    @pytest.mark.parametrize(
        "password", [GOOD_PASSWORD, "kX9w!pTq72_vB", "mañana llueve en Lomé y Bilbao", "ŋɔŋlɔ ƒe dɔ"]
    )
    def test_what_is_hard_is_taken(self, password: str) -> None:
        assert measure(password).guesses >= passwords.FEWEST_GUESSES

    def test_a_very_long_one_is_measured_in_time_by_its_beginning(self) -> None:
        assert measure("kX9w!pTq72_vB" * 15).guesses >= passwords.FEWEST_GUESSES
        assert measure("a" * 200).guesses < passwords.FEWEST_GUESSES


class TestSetting:
    def test_set_and_sign_in(self, member: Person, client: Client) -> None:
        browser = set_password(member)
        assert is_in(browser)
        assert try_password(client).status_code == 302
        assert signed_in(client) == str(member.pk)
        assert Device.objects.get(session_key=client.session.session_key).way == "password"
        member.refresh_from_db()
        assert member.password.startswith("argon2$argon2id$")
        assert "password.set" in acts(member)
        assert "set or changed" in letters_to("mina@example.org")[-1]

    def test_a_weak_one_is_refused_with_number_and_reasons(self, member: Person) -> None:
        answer = send(open_browser(member), PASSWORD, {"password": "Mina1985"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Too easy: it would be guessed in about" in page
        assert "A hundred million are needed." in page
        assert "something others know of you" in page
        assert "Mina1985" not in page
        member.refresh_from_db()
        assert not member.has_usable_password()

    def test_spaces_around_it_count(self, member: Person, client: Client) -> None:
        set_password(member, f" {GOOD_PASSWORD} ")
        assert try_password(client).status_code == 422
        assert try_password(client, password=f" {GOOD_PASSWORD} ").status_code == 302

    def test_changing_and_removing_end_all_other_sessions(self, member: Person) -> None:
        for form in ({"password": GOOD_PASSWORD}, {"password": GOOD_PASSWORD + "!"}, {"do": "remove"}):
            member.refresh_from_db()
            here, elsewhere = open_browser(member), open_browser(member)
            assert is_in(elsewhere)
            assert send(here, PASSWORD, form).status_code == 302
            assert is_in(here), form
            assert not is_in(elsewhere), form
        member.refresh_from_db()
        assert not member.has_usable_password()

    def test_removed_it_opens_nothing(self, member: Person, client: Client) -> None:
        send(set_password(member), PASSWORD, {"do": "remove"})
        assert try_password(client).status_code == 422

    @pytest.mark.parametrize("sent", ["", "x" * 201, "x" * 100_000])
    def test_none_and_too_long(self, member: Person, sent: str) -> None:
        assert send(open_browser(member), PASSWORD, {"password": sent}).status_code == 422

    def test_nobody_sets_it_for_another(self, member: Person, alice: Person) -> None:
        from tequio.base.errors import Refused

        with pytest.raises(Refused):
            passwords.set_password(member, GOOD_PASSWORD, except_key=None, by=alice)
        with pytest.raises(Refused):
            passwords.set_password(member, "password", except_key=None, by=member)


class TestSigningIn:
    def test_it_stands_on_the_same_page(self, client: Client) -> None:
        page = client.get(f"{SIGN_IN}?next=/en/accessibility/").content.decode()
        assert f'action="{WITH_PASSWORD}"' in page
        assert page.count('name="next" value="/en/accessibility/"') == 2

    def test_it_goes_on_to_where_she_was_going(self, member: Person, client: Client) -> None:
        set_password(member)
        form = {"address": "mina@example.org", "password": GOOD_PASSWORD, "next": "/en/accessibility/"}
        assert send(client, WITH_PASSWORD, form)["Location"] == "/en/accessibility/"

    def test_one_answer_for_all_who_may_not(self, member: Person, alice: Person) -> None:
        """Wrong, unknown, without a password, closed."""
        set_password(member)
        set_password(alice)
        Person.objects.filter(pk=alice.pk).update(is_active=False)
        become = [("mina@example.org", "wrong one"), ("none@example.org", GOOD_PASSWORD),
                  ("bob@example.org", GOOD_PASSWORD), ("alice@example.org", GOOD_PASSWORD)]  # fmt: skip
        pages = set()
        for address, password in become:
            client = Client()
            answer = try_password(client, address, password)
            assert answer.status_code == 422
            assert signed_in(client) is None
            pages.add(text_of(answer).replace(address, "ADDRESS"))
        assert len(pages) == 1

    def test_the_same_work_for_known_and_unknown(
        self, member: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One argon2 each, and the same questions to the database: a clock tells nothing."""
        set_password(member)
        hashed: list[str] = []
        encode = Argon2PasswordHasher.encode
        verify = Argon2PasswordHasher.verify

        def count_encode(self: Any, *given: Any) -> str:
            hashed.append("hash")
            return encode(self, *given)

        def count_verify(self: Any, *given: Any) -> bool:
            hashed.append("hash")
            return verify(self, *given)

        monkeypatch.setattr(Argon2PasswordHasher, "encode", count_encode)
        monkeypatch.setattr(Argon2PasswordHasher, "verify", count_verify)
        work = []
        for address in ("mina@example.org", "bob@example.org", "none@example.org"):
            hashed.clear()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                try_password(Client(), address, "wrong one")
            work.append((len(hashed), len(queries)))
        assert work[0][0] == 1
        assert work[0] == work[1] == work[2]


class TestLimits:
    def test_ten_tries_then_even_the_right_one_waits(self, member: Person) -> None:
        set_password(member)
        statuses = [try_password(Client(), password=f"wrong {n}").status_code for n in range(11)]
        assert statuses == [422] * 10 + [429]
        client = Client()
        assert try_password(client).status_code == 429
        assert signed_in(client) is None

    def test_unknown_addresses_are_limited_alike(self) -> None:
        statuses = [try_password(Client(), "none@example.org").status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]

    def test_many_networks_together_guess_no_oftener(self, member: Person) -> None:
        set_password(member)
        statuses = [
            try_password(Client(REMOTE_ADDR=f"198.51.100.{n}"), password="wrong").status_code
            for n in range(passwords.TRIES_FOR_ADDRESS + 1)
        ]
        assert statuses[-1] == 429
        assert set(statuses[:-1]) == {422}

    def test_stuffing_one_pair_each_is_stopped_at_its_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(passwords, "TRIES_FROM_NETWORK", 12)
        statuses = [try_password(Client(), f"p{n}@example.org").status_code for n in range(13)]
        assert statuses == [422] * 12 + [429]
        assert try_password(Client(REMOTE_ADDR="198.51.100.7"), "p1@example.org").status_code == 422

    def test_codes_go_on_while_passwords_wait(self, member: Person) -> None:
        for n in range(11):
            try_password(Client(), password=f"wrong {n}")
        assert send(Client(), SIGN_IN, {"address": "mina@example.org"}).status_code == 302
