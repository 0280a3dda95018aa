"""Passkeys: added, named, removed, signed in with; a forged answer opens nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.webauthn import AuthenticatorData

from door_steps import signed_in
from forms import open_browser, send
from passkeys import SoftKey, options_of
from tequio.base.errors import Refused
from tequio.people.models import Device, Person
from tequio.portal.door.services import passkeys
from ways_in import (
    ACCOUNT,
    PASSKEYS,
    PROVE,
    WITH_PASSKEY,
    acts,
    add_app,
    add_key,
    come_by_key,
    letters_to,
    make_codes,
    old_proof,
    text_of,
)

pytestmark = pytest.mark.django_db
UP, UV = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


def test_added_it_opens_the_account(member: Person, client: Client) -> None:
    key = add_key(open_browser(member))
    answer = come_by_key(client, key)
    assert answer.status_code == 302
    assert signed_in(client) == str(member.pk)
    assert Device.objects.get(session_key=client.session.session_key).way == "passkey"
    assert Authenticator.objects.get().last_used_at is not None
    assert acts(member)[-1] == "passkey.add"
    assert "A passkey was added" in letters_to("mina@example.org")[-1]


def test_it_goes_on_to_where_she_was_going(member: Person, client: Client) -> None:
    key = add_key(open_browser(member))
    url = f"{WITH_PASSKEY}?next=/en/accessibility/"
    answer = send(client, url, {"credential": key.get(options_of(client.get(url)))})
    assert answer["Location"] == "/en/accessibility/"
    other = Client()
    url = f"{WITH_PASSKEY}?next=https://evil.example/"
    answer = send(other, url, {"credential": key.get(options_of(other.get(url)))})
    assert answer["Location"] == "/en/"


def test_it_needs_no_second_step(member: Person, client: Client) -> None:
    browser = open_browser(member)
    key = add_key(browser)
    add_app(browser)
    come_by_key(client, key)
    assert signed_in(client) == str(member.pk)


def test_a_guest_is_merged_as_by_code(member: Person, guest: Person) -> None:
    key = add_key(open_browser(member))
    client = open_browser(guest)
    come_by_key(client, key)
    guest.refresh_from_db()
    assert guest.merged_into == member


def test_the_device_must_ask_for_finger_face_or_pin(member: Person, client: Client) -> None:
    browser = open_browser(member)
    weak = SoftKey(flags=UP)
    answer = send(browser, PASSKEYS, {"credential": weak.create(options_of(browser.get(PASSKEYS)))})
    assert answer.status_code == 422
    key = add_key(browser)
    key.flags = UP
    assert come_by_key(client, key).status_code == 422
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "forge",
    [
        lambda key: setattr(key, "origin", "https://evil.example"),
        lambda key: setattr(key, "host", "evil.example"),
        lambda key: setattr(key, "secret", SoftKey().secret),
        lambda key: setattr(key, "credential_id", b"x" * 32),
        lambda key: setattr(key, "user_handle", "MQ"),
        lambda key: setattr(key, "user_handle", ""),
        lambda key: setattr(key, "user_handle", "____"),
        lambda key: setattr(key, "user_handle", "enp6enp6enp6eno"),
    ],
    ids=["origin", "site", "signature", "unknown", "another's", "none", "no-number", "huge"],
)
def test_a_forged_answer_opens_nothing(member: Person, client: Client, forge: Any) -> None:
    key = add_key(open_browser(member))
    forge(key)
    answer = come_by_key(client, key)
    assert answer.status_code == 422
    assert b"This passkey opens no account here" in answer.content
    assert signed_in(client) is None


def test_forged_and_unknown_look_the_same(member: Person) -> None:
    key = add_key(open_browser(member))
    key.secret = SoftKey().secret
    stranger = SoftKey()
    stranger.user_handle = "MQ"
    pages = [text_of(come_by_key(Client(), one)) for one in (key, stranger)]
    assert pages[0] == pages[1]


def test_an_answer_is_taken_once(member: Person) -> None:
    """Caught on its way and sent again with another form key, or from another browser."""
    key = add_key(open_browser(member))
    client, other = Client(), Client()
    credential = key.get(options_of(client.get(WITH_PASSKEY)))
    other.get(WITH_PASSKEY)
    assert send(other, WITH_PASSKEY, {"credential": credential}).status_code == 422
    assert send(client, WITH_PASSKEY, {"credential": credential}).status_code == 302
    send(client, "/en/sign-out/")
    assert send(client, WITH_PASSKEY, {"credential": credential}).status_code == 422


@pytest.mark.parametrize(
    "sent",
    ["", "x", "null", "[]", "{}", "1", '"text"', '{"response": null}', '{"response": {"userHandle": 5}}',
     '{"id": "a", "rawId": "b", "type": "public-key", "response": {}}', "{" * 5000],
)  # fmt: skip
def test_odd_answers_are_refused(member: Person, client: Client, sent: str) -> None:
    client.get(WITH_PASSKEY)
    assert send(client, WITH_PASSKEY, {"credential": sent}).status_code == 422
    browser = open_browser(member)
    browser.get(PASSKEYS)
    assert send(browser, PASSKEYS, {"credential": sent}).status_code == 422
    assert not Authenticator.objects.exists()


def test_the_answer_to_one_question_is_no_answer_to_another(member: Person) -> None:
    browser = open_browser(member)
    options = options_of(browser.get(PASSKEYS))
    browser.get(PASSKEYS)
    assert send(browser, PASSKEYS, {"credential": SoftKey().create(options)}).status_code == 422


def test_a_closed_account_stays_closed(member: Person, client: Client) -> None:
    key = add_key(open_browser(member))
    Person.objects.update(is_active=False)
    assert come_by_key(client, key).status_code == 403
    assert signed_in(client) is None


def test_its_name(member: Person) -> None:
    browser = open_browser(member, HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/126.0")
    add_key(browser, name="")
    row = Authenticator.objects.get()
    assert row.data["name"] == "Android"
    assert send(browser, f"{PASSKEYS}{row.pk}/", {"name": "My\ntelephone"}).status_code == 302
    page = browser.get(PASSKEYS).content.decode()
    assert "My telephone" in page
    assert send(browser, f"{PASSKEYS}{row.pk}/", {"name": "  "}).status_code == 422


def test_removed_it_opens_nothing(member: Person, client: Client) -> None:
    browser = open_browser(member)
    key = add_key(browser)
    row = Authenticator.objects.get()
    assert send(browser, f"{PASSKEYS}{row.pk}/", {"do": "remove"})["Location"] == PASSKEYS
    assert come_by_key(client, key).status_code == 422
    assert "taken off" in letters_to("mina@example.org")[-1]
    assert acts(member)[-1] == "passkey.remove"


def test_another_member_sees_nothing_of_it(member: Person, alice: Person) -> None:
    add_key(open_browser(member))
    url = f"{PASSKEYS}{Authenticator.objects.get().pk}/"
    browser = open_browser(alice)
    assert browser.get(url).status_code == 404
    assert send(browser, url, {"do": "remove"}).status_code == 404
    assert Authenticator.objects.exists()


def test_nobody_changes_the_passkey_of_another(member: Person, alice: Person) -> None:
    add_key(open_browser(member))
    row = Authenticator.objects.get()
    with pytest.raises(Refused, match="Only she herself"):
        passkeys.rename_passkey(row, "Mine", by=alice)
    with pytest.raises(Refused, match="Only she herself"):
        passkeys.remove_passkey(row, by=alice)
    assert Authenticator.objects.get().data["name"] == "Blue"


def test_a_forged_answer_proves_nothing(member: Person) -> None:
    key = add_key(open_browser(member))
    browser = old_proof(member)
    options = options_of(browser.get(PROVE))
    key.secret = SoftKey().secret
    answer = send(browser, PROVE, {"credential": key.get(options)})
    assert answer.status_code == 422
    assert b"not one of this account" in answer.content
    assert browser.get(PASSKEYS)["Location"].startswith(PROVE)


def test_the_same_device_is_not_added_twice(member: Person) -> None:
    """The browser is told which keys are there."""
    browser = open_browser(member)
    key = add_key(browser)
    options = options_of(browser.get(PASSKEYS))
    assert len(options["excludeCredentials"]) == 1
    assert options["excludeCredentials"][0]["id"] in json.dumps(json.loads(key.create(options)))
    assert options["authenticatorSelection"]["userVerification"] == "required"


def test_ten_at_most(member: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "MOST_PASSKEYS", 1)
    browser = open_browser(member)
    add_key(browser)
    answer = send(browser, PASSKEYS, {"credential": SoftKey().create(options_of(browser.get(PASSKEYS)))})
    assert answer.status_code == 403
    assert Authenticator.objects.count() == 1


def test_recovery_codes_are_offered_and_not_forced(member: Person) -> None:
    browser = open_browser(member)
    add_key(browser)
    assert b"Recovery codes on paper help" in browser.get(PASSKEYS).content
    assert Authenticator.objects.count() == 1
    make_codes(browser)
    add_key(browser)
    assert b"Recovery codes on paper help" not in browser.get(PASSKEYS).content


def test_without_javascript_the_page_says_so_and_points_to_codes(client: Client) -> None:
    page = client.get(WITH_PASSKEY).content.decode()
    assert "with scripts switched on. Codes work everywhere." in page
    assert "data-passkey-do hidden" in page
    assert "<script>" not in page
    assert client.get(ACCOUNT).status_code == 302


def test_the_options_name_nobody(client: Client) -> None:
    options = options_of(client.get(WITH_PASSKEY))
    assert not options.get("allowCredentials")
    assert options["rpId"] == "testserver"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(member: Person, django_assert_num_queries: Any, count: int) -> None:
    browser = open_browser(member)
    for _ in range(count):
        add_key(browser)
    browser.get(PASSKEYS)  # says what was said
    with django_assert_num_queries(5):
        browser.get(PASSKEYS)
