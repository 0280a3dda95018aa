"""Requests side by side, and answers that were lost on the way."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.utils import timezone

from door_steps import CODE, JOIN, SIGN_IN, ask, newest_code, signed_in, wrong_code
from forms import key_of, send
from tequio.guards.models import FormKey
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.portal.door.models import SignInCode

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
class TestSideBySide:
    def run(self, count: int, act: Callable[[int], Any]) -> list[Any]:
        gate, results = threading.Barrier(count), []

        def one(number: int) -> None:
            gate.wait(10)
            try:
                results.append(act(number))
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(results) == count
        return results

    def copies(self, client: Client, count: int) -> list[Client]:
        browsers = []
        for _ in range(count):
            browser = Client()
            browser.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
            browsers.append(browser)
        return browsers

    def test_three_tries_are_three_however_many_come_at_once(self, client: Client) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        wrong = wrong_code("mina@example.org")
        browsers = self.copies(client, 8)
        statuses = self.run(8, lambda n: send(browsers[n], CODE, {"code": wrong}).status_code)
        assert statuses.count(422) == 2
        assert statuses.count(410) == 6

    def test_the_right_code_sent_twice_at_once_is_one_member(self, client: Client) -> None:
        """Two forms, both right: one joins, both are the same person in the end."""
        client.get(SIGN_IN)
        ask(client, "ama@example.org")
        send(client, CODE, {"code": newest_code("ama@example.org")})
        browsers = self.copies(client, 4)
        about = {"name": "Ama", "language": "en", "year_of_birth": ""}
        answers = self.run(4, lambda n: send(browsers[n], JOIN, about))
        assert {answer.status_code for answer in answers} == {302}
        assert EmailAddress.objects.count() == 1
        assert Person.objects.filter(is_guest=False).count() == 1
        assert not Person.objects.filter(is_guest=True).exists()

    def test_one_form_sent_eight_times_at_once_writes_one_letter(self, client: Client) -> None:
        """T4 for the first page of the door."""
        key = key_of(client.get(SIGN_IN))
        browsers = self.copies(client, 8)
        answers = self.run(
            8, lambda n: send(browsers[n], SIGN_IN, {"address": "ama@example.org", "form_key": key})
        )
        assert {answer.status_code for answer in answers} == {302}
        assert Letter.objects.count() == 1
        assert SignInCode.objects.count() == 1


class TestLostAnswers:
    """T2, T5: the answer was lost on the way; the browser has only its old cookies and sends again."""

    def lose(self, client: Client, url: str, data: dict[str, str]) -> dict[str, str]:
        """Send, and forget every cookie of the answer. Gives the form that was sent."""
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        sent = {**data, "form_key": key_of(client.get(url))}
        cookies.setdefault("csrftoken", client.cookies["csrftoken"].value)
        assert client.post(url, sent).status_code == 302
        client.cookies.clear()
        client.cookies.load(cookies)
        return sent

    def test_the_code_form(self, client: Client, member: Person) -> None:
        sent = self.lose(client, SIGN_IN, {"address": "mina@example.org"})
        assert "sessionid" not in client.cookies
        assert client.post(SIGN_IN, sent)["Location"] == CODE
        assert client.get(CODE).status_code == 200
        assert Letter.objects.count() == 1

    def test_signing_in(self, client: Client, member: Person) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        sent = self.lose(client, CODE, {"code": newest_code("mina@example.org")})
        assert signed_in(client) is None
        assert client.post(CODE, sent)["Location"] == "/en/"
        assert signed_in(client) == str(member.pk)

    def test_joining(self, client: Client, guest: Person, browser_of: Callable[..., Client]) -> None:
        browser = browser_of(guest)
        browser.get(SIGN_IN)
        ask(browser, "ama@example.org")
        send(browser, CODE, {"code": newest_code("ama@example.org")})
        sent = self.lose(browser, JOIN, {"name": "Ama", "language": "en", "year_of_birth": ""})
        assert browser.post(JOIN, sent).status_code == 302
        assert signed_in(browser) == str(guest.pk)
        assert Person.objects.count() == 1

    def test_not_after_a_quarter_of_an_hour(self, client: Client, member: Person) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        sent = self.lose(client, CODE, {"code": newest_code("mina@example.org")})
        FormKey.objects.update(at=timezone.now() - timedelta(minutes=15))
        client.post(CODE, sent)
        assert signed_in(client) is None

    def test_not_with_another_code_or_by_another_browser(self, client: Client, member: Person) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        sent = self.lose(client, CODE, {"code": newest_code("mina@example.org")})
        assert client.post(CODE, {**sent, "code": "00000000"}).status_code == 409
        other = Client()
        other.get(SIGN_IN)
        other.post(CODE, sent)
        assert signed_in(client) is None
        assert signed_in(other) is None

    def test_not_for_a_member_who_was_closed_since(self, client: Client, member: Person) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        sent = self.lose(client, CODE, {"code": newest_code("mina@example.org")})
        Person.objects.filter(pk=member.pk).update(is_active=False)
        client.post(CODE, sent)
        assert signed_in(client) is None

    def test_going_back_after_signing_out_does_not_sign_in_again(self, member: Person) -> None:
        """T24: the form of the code is still on the screen of the shared computer."""
        client = Client(enforce_csrf_checks=True)
        page = client.get(SIGN_IN)

        def post(url: str, page: Any, **data: str) -> tuple[dict[str, str], Any]:
            token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
            assert token
            sent = {"csrfmiddlewaretoken": token[1], "form_key": key_of(page), **data}
            return sent, client.post(url, sent)

        post(SIGN_IN, page, address="mina@example.org")
        sent, answer = post(CODE, client.get(CODE), code=newest_code("mina@example.org"))
        assert answer.status_code == 302
        post("/en/sign-out/", client.get("/en/sign-out/"))
        assert signed_in(client) is None
        assert client.post(CODE, sent).status_code == 403
        assert signed_in(client) is None
