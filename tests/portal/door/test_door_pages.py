"""The pages of the door, the account and the demonstration's mailbox, as everybody meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext

from door_steps import CODE, JOIN, SIGN_IN, ask, newest_code, signed_in
from forms import key_of, send
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.portal.door.models import SignInCode

pytestmark = pytest.mark.django_db

SIGN_OUT, ACCOUNT, MAILBOX = "/en/sign-out/", "/en/account/", "/en/mailbox/"
ABOUT = {"name": "Mina", "language": "en", "home": "", "year_of_birth": ""}


class TestAddress:
    @pytest.mark.parametrize(
        "email",
        [
            "",
            "ama",
            "ama@",
            "@example.org",
            "ama@example",
            "ama@example.org, all@example.org",
            "ama@example.org\nBcc: all@example.org",
            "Ama <ama@example.org>",
            '"ama, all"@example.org',
            '"ama\\@x"@example.org',
            "ama@exa mple.org",
            "ama@" + "a" * 300 + ".org",
            "a" * 250 + "@example.org",
            "ama@" + "a." * 500_000 + "org",
            "<script>alert(1)</script>@example.org",
            "ama@..org",
        ],
    )
    def test_what_is_no_address_is_said_beside_the_field(self, client: Client, email: str) -> None:
        answer = ask(client, email)
        assert answer.status_code == 422
        assert b'href="#id_address"' in answer.content
        assert b"<script>alert" not in answer.content
        assert not Letter.objects.exists()
        assert not SignInCode.objects.exists()

    @pytest.mark.parametrize(
        ("email", "kept"),
        [
            ("Ama@Example.ORG", "ama@example.org"),
            ("  ama@example.org ", "ama@example.org"),
            ("ama+town@example.org", "ama+town@example.org"),
            ("ama@MÜNCHEN.example", "ama@xn--mnchen-3ya.example"),
            ("ama\u202e@example.org", "ama@example.org"),
        ],
    )
    def test_one_form_is_kept(self, client: Client, email: str, kept: str) -> None:
        assert ask(client, email)["Location"] == CODE
        assert SignInCode.objects.get().to == kept
        assert Letter.objects.get().to == kept

    def test_a_nul_is_a_bad_request(self, client: Client) -> None:
        assert ask(client, "ama@example.org\x00").status_code == 400
        assert client.get(SIGN_IN + "?next=%00").status_code == 400

    def test_a_megabyte_is_no_error(self, client: Client) -> None:
        for url, data in (
            (SIGN_IN, {"address": "x" * 1_000_000}),
            (SIGN_IN, {"address": "a@b.org", "next": "/" * 10**6}),
        ):
            assert send(client, url, data).status_code in (302, 422)
        assert SignInCode.objects.get().next == ""
        assert send(client, CODE, {"code": "1" * 1_000_000}).status_code == 422
        assert send(client, SIGN_IN, {"address": "x" * 3_000_000}).status_code == 400

    def test_a_form_with_a_mistake_keeps_its_words_and_its_key(self, client: Client) -> None:
        key = key_of(client.get(SIGN_IN))
        answer = ask(client, "ama@", form_key=key, next="/en/places/")
        text = answer.content.decode()
        assert 'value="ama@"' in text
        assert 'value="/en/places/"' in text
        assert key_of(answer) == key
        assert 'aria-invalid="true"' in text


class TestNext:
    def through(self, path: str, member: Person) -> str:
        client = Client()
        page = client.get(SIGN_IN, {"next": path}).content.decode()
        assert "evil" not in page.split("<main")[1]
        ask(client, "mina@example.org", next=path)
        answer = send(client, CODE, {"code": newest_code("mina@example.org")})
        assert answer.status_code == 302
        return str(answer["Location"])

    @pytest.mark.parametrize(
        "path", ["/en/places/", "/es/account/", "/en/conversations/1/answer/?a=1&b=%C3%B1"]
    )
    def test_she_goes_on_where_she_was(self, member: Person, path: str) -> None:
        assert self.through(path, member) == path

    @pytest.mark.parametrize(
        "path",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example/",
            "/\\evil.example/",
            "\\\\evil.example",
            "/\t/evil.example/",
            "javascript:alert('evil')",
            "http:evil.example",
            "evil",
            "https://testserver@evil.example/",
            "/en/" + "evil" * 200,
            "/en/sign-in/?evil",
            "/en/sign-out/?evil",
            "",
        ],
    )
    def test_and_nowhere_else(self, member: Person, path: str) -> None:
        assert self.through(path, member) == "/en/"

    def test_a_line_break_starts_no_header(self, member: Person) -> None:
        to = self.through("/en/places/\r\nSet-Cookie: a=b", member)
        assert "\n" not in to
        assert "\r" not in to

    def test_a_members_page_leads_here_and_back(self, client: Client, member: Person) -> None:
        to = client.get("/en/account/?a=1")["Location"]
        assert to == "/en/sign-in/?next=/en/account/%3Fa%3D1"
        assert 'name="next" value="/en/account/?a=1"' in client.get(to).content.decode()

    def test_the_head_of_every_page_keeps_the_place(self, client: Client) -> None:
        assert (
            "/en/sign-in/?next=%2Fen%2Faccessibility%2F" in client.get("/en/accessibility/").content.decode()
        )

    def test_the_doors_own_pages_do_not_pile_it_up(self, client: Client) -> None:
        head = client.get(SIGN_IN, {"next": "/en/places/"}).content.decode().split("<main")[0]
        assert 'href="/en/sign-in/"' in head
        assert 'href="/en/sign-in/?' not in head

    def test_it_is_kept_through_joining(self, client: Client) -> None:
        ask(client, "new@example.org", next="/en/places/")
        send(client, CODE, {"code": newest_code("new@example.org")})
        answer = send(client, JOIN, {"name": "", "language": "en", "year_of_birth": ""})
        assert answer["Location"] == "/en/places/"


class TestLetter:
    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_it_is_in_the_readers_language(self, client: Client, language: str) -> None:
        send(client, f"/{language}/sign-in/", {"address": "ama@example.org"})
        letter = Letter.objects.get()
        with translation.override(language):
            assert letter.subject == gettext("Your code for Tequio")
            assert letter.text.startswith(gettext("This is your code for signing in to Tequio:"))
        assert letter.is_secret
        assert letter.good_until == SignInCode.objects.get().until
        assert not letter.html

    def test_the_subject_has_no_code_and_the_letter_no_link(self, client: Client) -> None:
        """A phone shows the subject to whoever looks at it; a link is what forged letters have."""
        ask(client, "ama@example.org", next="/en/places/")
        letter = Letter.objects.get()
        assert not any(sign.isdigit() for sign in letter.subject)
        assert "http" not in letter.text
        assert "/en/" not in letter.text

    def test_sentences_are_short(self, client: Client) -> None:
        ask(client, "ama@example.org")
        for line in Letter.objects.get().text.splitlines():
            for sentence in line.replace("?", ".").split("."):
                assert len(sentence.split()) <= 20


class TestSignOut:
    def test_get_changes_nothing(self, browser_of: Callable[..., Client], member: Person) -> None:
        browser = browser_of(member)
        assert browser.get(SIGN_OUT).status_code == 200
        assert signed_in(browser) == str(member.pk)

    def test_post_ends_the_session_at_once(self, browser_of: Callable[..., Client], member: Person) -> None:
        """T24: the cookie of before is worth nothing."""
        browser = browser_of(member)
        old = browser.cookies["sessionid"].value
        answer = send(browser, SIGN_OUT)
        assert answer["Location"] == SIGN_OUT
        assert b"Nobody is signed in here" in browser.get(SIGN_OUT).content
        thief = Client()
        thief.cookies["sessionid"] = old
        assert thief.get(ACCOUNT).status_code == 302

    def test_twice_is_as_once(self, browser_of: Callable[..., Client], member: Person) -> None:
        browser = browser_of(member)
        key = key_of(browser.get(SIGN_OUT))
        for _ in range(2):
            assert send(browser, SIGN_OUT, {"form_key": key})["Location"] == SIGN_OUT
        assert send(Client(), SIGN_OUT)["Location"] == SIGN_OUT

    def test_a_guest_is_not_thrown_away(self, browser_of: Callable[..., Client], guest: Person) -> None:
        browser = browser_of(guest)
        send(browser, SIGN_OUT)
        assert browser.session["guest"] == guest.pk


class TestMailbox:
    def test_outside_a_demonstration_there_is_none(
        self, browser_of: Callable[..., Client], member: Person, alice: Person
    ) -> None:
        for person in (None, member, alice):
            assert browser_of(person).get(MAILBOX).status_code == 404

    def test_in_a_demonstration_it_shows_the_newest_first(self, client: Client, settings: Any) -> None:
        settings.IS_DEMO = True
        assert b"No letter yet." in client.get(MAILBOX).content
        ask(client, "one@example.org")
        ask(client, "two@example.org")
        page = client.get(MAILBOX)
        text = page.content.decode()
        assert text.index("two@example.org") < text.index("one@example.org")
        code = newest_code("two@example.org")
        assert f'<p class="code">{code[:4]} {code[4:]}</p>' in text
        assert "no-store" in page["Cache-Control"]
        assert client.post(MAILBOX).status_code == 405

    def test_a_code_can_be_taken_over_with_one_tap(
        self, client: Client, settings: Any, member: Person
    ) -> None:
        settings.IS_DEMO = True
        ask(client, "mina@example.org")
        code = newest_code("mina@example.org")
        link = f"{CODE}?code={code[:4]}%20{code[4:]}"
        assert link in client.get(MAILBOX).content.decode()
        assert f'value="{code[:4]} {code[4:]}"' in client.get(link).content.decode()
        Letter.objects.update(good_until=timezone.now())
        assert link not in client.get(MAILBOX).content.decode()
        settings.IS_DEMO = False
        assert f'value="{code[:4]} {code[4:]}"' not in client.get(link).content.decode()

    def test_other_letters_are_shown_as_text(self, client: Client, settings: Any) -> None:
        from tequio.outbox.services import write_letter

        settings.IS_DEMO = True
        write_letter(
            to="x@example.org", subject="<b>Hi</b>", text="Line\n<script>alert(1)</script>\n    1234 5678"
        )
        text = client.get(MAILBOX).content.decode()
        assert "&lt;script&gt;" in text
        assert 'class="code"' not in text


class TestEveryPage:
    PAGES = ("sign-in/", "sign-in/code/", "sign-in/join/", "sign-out/", "account/", "mailbox/")

    @pytest.mark.parametrize("language", ["en", "es", "fr"])
    def test_everybody_in_three_languages(
        self, browser_of: Callable[..., Client], guest: Person, member: Person, alice: Person, language: str
    ) -> None:
        for person in (None, guest, member, alice):
            for page in self.PAGES:
                answer = browser_of(person).get(f"/{language}/{page}")
                assert answer.status_code in (200, 302, 404), (person, page)
                if answer.status_code == 200:
                    assert f'<html lang="{language}">' in answer.content.decode()

    def test_they_are_light(self, browser_of: Callable[..., Client], member: Person) -> None:
        """The first answer stays within 14 kB on the wire, its style apart."""
        for person, page in ((None, "sign-in/"), (member, "account/"), (member, "sign-out/")):
            answer = browser_of(person).get(f"/en/{page}", headers={"accept-encoding": "gzip"})
            assert answer["Content-Encoding"] == "gzip"
            assert len(answer.content) < 6_000, page

    def test_none_of_them_is_kept(self, client: Client, settings: Any) -> None:
        settings.IS_DEMO = True
        for page in ("sign-in/", "sign-out/", "mailbox/"):
            assert "no-store" in client.get(f"/en/{page}")["Cache-Control"], page

    @pytest.mark.parametrize("url", [SIGN_IN, CODE, JOIN, SIGN_OUT])
    def test_a_post_needs_token_and_key(self, url: str) -> None:
        """T23."""
        assert send(Client(enforce_csrf_checks=True), url, {"address": "a@example.org"}).status_code == 403
        assert Client().post(url, {"address": "a@example.org"}).status_code == 400
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("url", [SIGN_IN, CODE, JOIN, SIGN_OUT, ACCOUNT])
    def test_get_changes_no_row(self, client: Client, url: str) -> None:
        client.get(url)
        assert not SignInCode.objects.exists()
        assert not Person.objects.exists()

    @pytest.mark.parametrize("door", ["", "nonsense", "00000000-0000-0000-0000-000000000000", "x" * 10_000])
    def test_a_session_with_an_unknown_code_starts_again(self, client: Client, door: str) -> None:
        session = client.session
        session["door"] = door
        session.save()
        assert client.get(CODE)["Location"] == SIGN_IN
        assert client.get(JOIN)["Location"] == SIGN_IN
