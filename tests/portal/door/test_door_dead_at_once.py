"""T24: what was ended is dead with the next request: sessions, codes, rights, questions that were put."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from door_steps import CODE, JOIN, ask, newest_code, signed_in
from forms import open_browser, send
from passkeys import SoftKey, options_of
from tequio.base.actor import SYSTEM
from tequio.guards.models import FormKey
from tequio.ideas.deliberation.models import Conversation
from tequio.people.models import Device, Person, Role
from tequio.people.services import end_role, grant_role
from tequio.people.services.devices import end_sessions, note_device, prune_devices, read_agent
from tequio.territories.models import Territory
from ways_in import (
    ACCOUNT,
    ADDRESSES,
    CONFIRM,
    DEVICES,
    PASSKEYS,
    PROVE,
    VOUCH,
    acts,
    add_key,
    is_in,
    old_proof,
)

pytestmark = pytest.mark.django_db
MINA = "mina@example.org"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"


def come_in(client: Client, address: str = MINA) -> dict[str, str]:
    """By code. Returns the form that did it."""
    ask(client, address)
    form = {"code": newest_code(address), "form_key": "a" * 32}
    assert client.post(CODE, form).status_code == 302
    return form


class TestDevices:
    def test_the_list_names_them_and_marks_this_one(self, member: Person) -> None:
        here = Client(HTTP_USER_AGENT=PHONE)
        come_in(here)
        open_browser(member)
        page = here.get(DEVICES).content.decode()
        assert "Chrome on Android" in page
        assert page.count("this one") == 1
        assert "A browser that does not say its name" in page
        assert "(code)" in page

    def test_ending_one(self, member: Person) -> None:
        here, there = open_browser(member), open_browser(member)
        device = Device.objects.get(session_key=there.session.session_key)
        assert send(here, DEVICES, {"do": "end", "device": device.pk}).status_code == 302
        assert is_in(here)
        assert not is_in(there)
        assert acts(member)[-1] == "session.end"
        assert not Session.objects.filter(session_key=device.session_key).exists()

    def test_ending_all_others(self, member: Person, alice: Person) -> None:
        here, others = open_browser(member), [open_browser(member) for _ in range(3)]
        stranger = open_browser(alice)
        assert send(here, DEVICES, {"do": "others"}).status_code == 302
        assert b"3 devices are signed out" in here.get(DEVICES).content
        assert [is_in(one) for one in (here, stranger, *others)] == [True, True, False, False, False]

    def test_nobody_ends_anothers(self, member: Person, alice: Person) -> None:
        there = open_browser(alice)
        device = Device.objects.get(person=alice)
        assert send(open_browser(member), DEVICES, {"do": "end", "device": device.pk}).status_code == 404
        for odd in ("", "x", "9" * 30, "-1"):
            answer = send(open_browser(member), DEVICES, {"do": "end", "device": odd})
            assert answer.status_code == 404
        assert is_in(there)

    def test_no_proof_is_asked_of_who_ends(self, member: Person) -> None:
        there = open_browser(member)
        send(old_proof(member), DEVICES, {"do": "others"})
        assert not is_in(there)

    def test_a_session_that_our_door_did_not_begin_is_noted(self, member: Person) -> None:
        client = Client()
        client.force_login(member)
        assert not Device.objects.exists()
        client.get(ACCOUNT)
        assert Device.objects.get().person == member
        end_sessions(member, by=SYSTEM)
        assert not is_in(client)

    def test_seen_is_written_once_a_day(self, member: Person, django_assert_num_queries: Any) -> None:
        client = open_browser(member)
        url = "/en/accessibility/"
        client.get(url)
        with django_assert_num_queries(2):  # session, person
            client.get(url)
        Device.objects.update(seen_on=timezone.localdate() - timedelta(days=3))
        session = client.session
        session["seen"] = "2020-01-01"
        session.save()
        client.get(url)
        assert Device.objects.get().seen_on == timezone.localdate()

    def test_what_ran_out_is_pruned(self, member: Person) -> None:
        live, old = open_browser(member), open_browser(member)
        Session.objects.filter(session_key=old.session.session_key).update(
            expire_date=timezone.now() - timedelta(days=1)
        )
        note_device(member, "gone", agent="")
        assert prune_devices() == 2
        assert Device.objects.get().session_key == live.session.session_key

    @pytest.mark.parametrize(
        ("agent", "names"),
        [
            (PHONE, ("Chrome", "Android")),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", ("Firefox", "Linux")),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604",
             ("Safari", "iPhone")),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/126 Safari/537 Edg/126", ("Edge", "Windows")),
            ("Mozilla/5.0 (Mobile; Nokia; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", ("Firefox", "KaiOS")),
            ("Opera/9.80 (Android; Opera Mini/36.2) Presto/2.12 Version/12.16", ("Opera Mini", "Android")),
            ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537 SamsungBrowser/25.0 Chrome/121 Safari/537",
             ("Samsung Internet", "Android")),
            ("curl/8", ("", "")), ("", ("", "")), ("<script>", ("", "")),
        ],
    )  # fmt: skip
    def test_browsers_by_the_names_people_use(self, agent: str, names: tuple[str, str]) -> None:
        assert read_agent(agent) == names


class TestSessions:
    def test_after_signing_out(self, member: Person) -> None:
        client, thief = Client(), Client()
        come_in(client)
        thief.cookies["sessionid"] = client.cookies["sessionid"].value
        assert is_in(thief)
        send(client, "/en/sign-out/")
        assert not is_in(client)
        assert not is_in(thief)
        assert not Device.objects.exists()

    @pytest.mark.parametrize("end", ["out", "others", "closed"])
    def test_the_form_that_signed_her_in_does_not_do_it_again(self, member: Person, end: str) -> None:
        """Whole, with the cookie of that moment: a retry is answered only while she is signed in."""
        client = Client()
        ask(client, MINA)
        client.get(CODE)
        before = {name: cookie.value for name, cookie in client.cookies.items()}
        form = {"code": newest_code(MINA), "form_key": "b" * 32}
        assert client.post(CODE, form).status_code == 302

        def again() -> Client:
            retry = Client()
            for name, value in before.items():
                retry.cookies[name] = value
            retry.post(CODE, form)
            return retry

        assert signed_in(again()) == str(member.pk)
        if end == "out":
            send(client, "/en/sign-out/")
        elif end == "others":
            send(open_browser(member), DEVICES, {"do": "others"})
        else:
            Person.objects.filter(pk=member.pk).update(is_active=False)
        assert signed_in(again()) is None
        assert end == "closed" or not FormKey.objects.filter(answer__member=member.pk).exists()

    def test_after_the_account_was_closed(self, member: Person) -> None:
        client = open_browser(member)
        Person.objects.filter(pk=member.pk).update(is_active=False)
        assert not is_in(client)
        assert send(client, "/en/account/profile/", {"name": "X", "language": "en"}).status_code == 302
        member.refresh_from_db()
        assert member.name == "Mina"

    def test_after_her_row_is_gone(self, member: Person) -> None:
        client = open_browser(member)
        member.delete()
        assert not is_in(client)

    def test_ended_while_a_request_runs_it_does_not_come_back(self, member: Person) -> None:
        """The request saves its session after the row was deleted."""
        client = open_browser(member)
        store = client.session
        store["x"] = 1
        end_sessions(member, by=member)
        with pytest.raises(UpdateError):
            store.save()
        assert not is_in(client)


class TestRoles:
    def test_an_ended_role_opens_nothing_more(self, bob: Person, conversation: Conversation) -> None:
        client = open_browser(bob)
        path = reverse("deliberation:edit", args=[conversation.pk])
        assert client.get(path).status_code == 200
        end_role(Role.objects.get(person=bob), by=SYSTEM, reason="moved away")
        assert client.get(path).status_code == 404

    def test_a_steward_of_yesterday_vouches_for_nobody(self, member: Person, lome: Territory) -> None:
        role = grant_role(member, "steward", lome, by=SYSTEM)
        client = open_browser(member)
        assert client.get(VOUCH).status_code == 200
        end_role(role, by=SYSTEM, reason="x")
        assert client.get(VOUCH).status_code == 404


class TestCodes:
    def test_a_newer_one_ends_the_one_before_in_that_browser(self, member: Person, client: Client) -> None:
        ask(client, MINA)
        old = newest_code(MINA)
        ask(client, MINA)
        assert send(client, CODE, {"code": old}).status_code == 422

    def test_it_opens_no_account_that_lost_the_address_meanwhile(
        self, member: Person, client: Client
    ) -> None:
        ask(client, MINA)
        EmailAddress.objects.filter(user=member).update(email="other@example.org")
        assert send(client, CODE, {"code": newest_code(MINA)})["Location"] == JOIN
        assert signed_in(client) is None

    def test_a_code_to_add_an_address_is_worth_nothing_after_signing_out(
        self, member: Person, alice: Person
    ) -> None:
        client = open_browser(member)
        send(client, ADDRESSES, {"address": "new@example.org"})
        code = newest_code("new@example.org")
        send(client, "/en/sign-out/")
        assert send(client, CONFIRM, {"code": code}).status_code == 302
        client.force_login(alice)
        assert send(client, CONFIRM, {"code": code})["Location"] == ADDRESSES
        assert not EmailAddress.objects.filter(email="new@example.org").exists()

    def test_a_code_to_add_an_address_signs_nobody_in(self, member: Person) -> None:
        client = open_browser(member)
        send(client, ADDRESSES, {"address": "new@example.org"})
        stranger = Client()
        ask(stranger, "other@example.org")
        assert send(stranger, CODE, {"code": newest_code("new@example.org")}).status_code == 422


class TestProof:
    @pytest.mark.parametrize("url", [ADDRESSES, PASSKEYS, "/en/account/password/", "/en/account/app/",
                                     "/en/account/recovery-codes/"])  # fmt: skip
    def test_after_an_hour_ways_in_are_changed_only_with_a_new_proof(self, member: Person, url: str) -> None:
        client = old_proof(member)
        assert client.get(url)["Location"] == f"{PROVE}?next={url.replace('/', '%2F')}"
        answer = send(client, url, {"do": "remove", "password": "seven tortoises mend the lamp"})
        assert answer["Location"].startswith(PROVE)
        assert client.get(f"{PROVE}?next={url}").status_code == 200
        assert send(client, f"{PROVE}?next={url}")["Location"] == CONFIRM
        assert send(client, CONFIRM, {"code": newest_code(MINA)})["Location"] == url
        assert client.get(url).status_code == 200

    def test_anothers_passkey_is_no_proof(self, member: Person, alice: Person) -> None:
        add_key(open_browser(member))
        theirs = add_key(open_browser(alice), SoftKey())
        client = old_proof(member)
        answer = send(client, PROVE, {"credential": theirs.get(options_of(client.get(PROVE)))})
        assert answer.status_code == 422
        assert client.get(ADDRESSES).status_code == 302
