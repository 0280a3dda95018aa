"""One door for known and unknown: a code, three tries, and nobody holds an address she did not prove."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from door_steps import CODE, JOIN, SIGN_IN, ask, newest_code, signed_in, wrong_code
from forms import key_of, send
from tequio.audit.models import Record
from tequio.ideas.deliberation.models import Conversation, Participant, StatementVote
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.people.services import begin_guest
from tequio.portal.door import services, tasks
from tequio.portal.door.models import SignInCode

pytestmark = pytest.mark.django_db


class TestKnown:
    def test_she_signs_in_with_the_code(self, client: Client, member: Person) -> None:
        assert ask(client, "mina@example.org")["Location"] == CODE
        answer = send(client, CODE, {"code": newest_code("mina@example.org")})
        assert answer["Location"] == "/en/"
        assert signed_in(client) == str(member.pk)
        assert b"You are signed in." in client.get("/en/account/").content

    def test_the_code_may_have_spaces_and_hyphens(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        code = newest_code("mina@example.org")
        send(client, CODE, {"code": f" {code[:4]}\u2011{code[4:6]} {code[6:]} "})
        assert signed_in(client) == str(member.pk)

    def test_large_letters_and_spaces_are_the_same_address(self, client: Client, member: Person) -> None:
        ask(client, "  MINA@Example.ORG ")
        send(client, CODE, {"code": newest_code("mina@example.org")})
        assert signed_in(client) == str(member.pk)

    def test_the_session_key_and_the_csrf_token_are_new(self, client: Client, member: Person) -> None:
        client.get(SIGN_IN)
        ask(client, "mina@example.org")
        before = (client.cookies["sessionid"].value, client.cookies["csrftoken"].value)
        send(client, CODE, {"code": newest_code("mina@example.org")})
        after = (client.cookies["sessionid"].value, client.cookies["csrftoken"].value)
        assert before[0] != after[0]
        assert before[1] != after[1]
        stranger = Client()
        stranger.cookies["sessionid"] = before[0]
        assert stranger.get("/en/account/").status_code == 302

    def test_a_closed_account_stays_closed(self, client: Client, member: Person) -> None:
        Person.objects.filter(pk=member.pk).update(is_active=False)
        ask(client, "mina@example.org")
        answer = send(client, CODE, {"code": newest_code("mina@example.org")})
        assert answer.status_code == 403
        assert b"This account is closed" in answer.content
        assert signed_in(client) is None

    def test_who_is_signed_in_needs_no_door(self, browser_of: Callable[..., Client], member: Person) -> None:
        browser = browser_of(member)
        assert browser.get(SIGN_IN)["Location"] == "/en/account/"
        assert browser.get(SIGN_IN + "?next=/en/places/")["Location"] == "/en/places/"
        assert browser.get(CODE)["Location"] == "/en/account/"
        assert browser.get(JOIN)["Location"] == "/en/account/"
        assert ask(browser, "other@example.org")["Location"] == "/en/account/"
        assert not Letter.objects.exists()


class TestUnknown:
    def test_she_joins(self, client: Client, come_in: Callable[..., Person]) -> None:
        person = come_in("ama@example.org", name="  Ama \u202e K. ", language="fr", year_of_birth="1990")
        assert (person.name, person.language, person.year_of_birth) == ("Ama K.", "fr", 1990)
        assert person.is_member
        assert EmailAddress.objects.get(user=person, verified=True).email == "ama@example.org"
        assert Record.objects.filter(act="person.join", object=person.audit_id).count() == 1

    def test_only_the_language_is_needed(self, come_in: Callable[..., Person]) -> None:
        person = come_in("ama@example.org")
        assert (person.name, person.year_of_birth) == ("", None)

    def test_nothing_is_made_before_the_form_comes_back(self, client: Client) -> None:
        ask(client, "ama@example.org")
        answer = send(client, CODE, {"code": newest_code("ama@example.org")})
        assert answer["Location"] == JOIN
        assert client.get(CODE)["Location"] == JOIN
        page = client.get(JOIN)
        assert page.status_code == 200
        assert not Person.objects.exists()
        assert not EmailAddress.objects.exists()
        assert signed_in(client) is None

    def test_the_guest_of_this_browser_becomes_the_member_in_the_same_row(
        self,
        browser_of: Callable[..., Client],
        come_in: Callable[..., Person],
        guest: Person,
        conversation: Conversation,
    ) -> None:
        answer_statement(conversation.statements.get(number=0), 1, by=guest)
        browser = browser_of(guest)
        person = come_in("ama@example.org", browser, name="Ama")
        assert person.pk == guest.pk
        assert "guest" not in browser.session
        assert Participant.objects.get(person=person).answers == 1
        assert not Record.objects.filter(act="person.merge").exists()

    @pytest.mark.parametrize("years_ago", [0, 5, 12, 13])
    def test_a_child_is_refused_kindly_and_nothing_is_kept(self, client: Client, years_ago: int) -> None:
        ask(client, "child@example.org")
        send(client, CODE, {"code": newest_code("child@example.org")})
        year = str(timezone.now().year - years_ago)
        answer = send(client, JOIN, {"name": "Kim", "language": "en", "year_of_birth": year})
        assert answer.status_code == 403
        assert b"Accounts begin at 13" in answer.content
        assert not Person.objects.exists()
        assert not SignInCode.objects.exists()
        assert client.get(JOIN)["Location"] == SIGN_IN

    def test_who_is_old_enough_for_her_country_joins_alone(self, come_in: Callable[..., Person]) -> None:
        year = timezone.now().year - 14  # 13 or 14: taken as 13
        teen = come_in("teen@example.org", year_of_birth=str(year), country="PT")
        assert (teen.year_of_birth, teen.country) == (year, "PT")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("year_of_birth", "85"),
            ("year_of_birth", "1899"),
            ("year_of_birth", "9" * 5000),
            ("year_of_birth", "'; --"),
            ("year_of_birth", str(timezone.now().year + 1)),
            ("language", "xx"),
            ("language", ""),
            ("name", "x" * 81),
        ],
    )
    def test_odd_input_is_shown_beside_its_field(self, client: Client, field: str, value: str) -> None:
        ask(client, "ama@example.org")
        send(client, CODE, {"code": newest_code("ama@example.org")})
        good = {"name": "Ama", "language": "en", "year_of_birth": ""}
        answer = send(client, JOIN, {**good, field: value})
        assert answer.status_code == 422
        assert f'href="#id_{field}"' in answer.content.decode()
        assert not Person.objects.exists()
        assert send(client, JOIN, good).status_code == 302

    def test_joining_needs_a_proven_address(self, client: Client) -> None:
        good = {"name": "Ama", "language": "en", "year_of_birth": ""}
        assert send(client, JOIN, good)["Location"] == SIGN_IN
        ask(client, "ama@example.org")
        assert send(client, JOIN, good)["Location"] == SIGN_IN
        send(client, CODE, {"code": newest_code("ama@example.org")})
        SignInCode.objects.update(proven_at=timezone.now() - timedelta(hours=1, seconds=1))
        assert send(client, JOIN, good)["Location"] == SIGN_IN
        assert not Person.objects.exists()

    def test_two_browsers_join_with_one_address(self, client: Client) -> None:
        """Both proved it; the second finds the account the first made, and is let in there."""
        other = Client()
        guest = begin_guest(language="en")
        session = other.session
        session["guest"] = guest.pk
        session.save()
        other.cookies["sessionid"] = session.session_key
        for browser in (client, other):
            ask(browser, "ama@example.org")
            send(browser, CODE, {"code": newest_code("ama@example.org")})
        for browser in (client, other):
            assert send(browser, JOIN, {"name": "Ama", "language": "en"}).status_code == 302
        assert signed_in(client) == signed_in(other)
        assert EmailAddress.objects.count() == 1
        guest.refresh_from_db()
        assert guest.merged_into_id == int(signed_in(client) or 0)


class TestMerge:
    def test_guest_here_member_there(
        self,
        browser_of: Callable[..., Client],
        come_in: Callable[..., Person],
        conversation: Conversation,
        guest: Person,
        member: Person,
    ) -> None:
        first, second, third = conversation.statements.order_by("number")
        answer_statement(first, 1, by=member)
        answer_statement(second, 1, by=member)
        answer_statement(second, -1, by=guest)
        answer_statement(third, 0, by=guest)
        browser = browser_of(guest)
        assert come_in("mina@example.org", browser) == member
        only = Participant.objects.get(conversation=conversation)
        assert (only.person, only.answers) == (member, 3)
        assert dict(StatementVote.objects.values_list("statement__number", "value")) == {0: 1, 1: -1, 2: 0}
        assert "guest" not in browser.session
        assert "What you did here as a guest is yours now." in browser.get("/en/account/").content.decode()
        guest.refresh_from_db()
        assert (guest.merged_into, guest.is_active) == (member, False)

    def test_the_old_guest_is_nobody_any_more(
        self, browser_of: Callable[..., Client], come_in: Callable[..., Person], guest: Person, member: Person
    ) -> None:
        come_in("mina@example.org", browser_of(guest))
        late = browser_of(guest)
        assert b"What you did here as a guest" not in late.get(SIGN_IN).content
        ask(late, "new@example.org")
        assert b"as a guest will be yours" not in late.get(CODE).content


class TestSquatter:
    def test_an_address_that_was_not_proven_holds_nothing(
        self, client: Client, come_in: Callable[..., Person]
    ) -> None:
        """A stranger types your address and waits. You join as if he had not; his browser gets nowhere."""
        stranger = Client()
        ask(stranger, "ama@example.org")
        assert not EmailAddress.objects.exists()
        his = newest_code("ama@example.org")
        person = come_in("ama@example.org", client)
        for code in (wrong_code("ama@example.org"), newest_code("ama@example.org")):
            send(stranger, CODE, {"code": code})
        assert signed_in(stranger) is None
        assert EmailAddress.objects.get().user == person
        assert his != newest_code("ama@example.org")

    def test_a_code_is_good_only_in_the_browser_that_asked(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        code = newest_code("mina@example.org")
        other = Client()
        assert send(other, CODE, {"code": code})["Location"] == SIGN_IN
        ask(other, "mina@example.org")
        assert send(other, CODE, {"code": code}).status_code == 422
        assert signed_in(other) is None

    def test_a_code_for_one_address_does_not_open_another(self, client: Client, member: Person) -> None:
        ask(client, "me@example.org")
        code = newest_code("me@example.org")
        ask(client, "mina@example.org")
        assert send(client, CODE, {"code": code}).status_code == 422
        assert signed_in(client) is None


class TestSameForKnownAndUnknown:
    """T25: what the door says, and what it does, tells nobody who has an account."""

    def page(self, client: Client, answer: Any) -> str:
        text: str = answer.content.decode()
        for changing in (key_of(answer), client.cookies["csrftoken"].value):
            text = text.replace(changing, "")
        return re.sub(r'name="(csrfmiddlewaretoken|form_key|began)" value="[^"]*"', "", text)

    def test_every_page_up_to_the_right_code(self, member: Person) -> None:
        said = []
        for email in ("mina@example.org", "none@example.org"):
            client = Client()
            client.get(SIGN_IN)
            pages = [ask(client, email)["Location"], self.page(client, client.get(CODE))]
            for _ in range(3):
                wrong = wrong_code(email)
                answer = send(client, CODE, {"code": wrong})
                pages.append(f"{answer.status_code} {self.page(client, answer).replace(wrong, '')}")
            pages.append(self.page(client, client.get(CODE)))
            said.append([page.replace(email, "…") for page in pages])
        assert said[0] == said[1]

    def test_the_letter_and_the_queries(self, member: Person, django_assert_max_num_queries: Any) -> None:
        ask(Client(), "first@example.org")  # from now on the worker has been asked already
        counts, letters = [], []
        for email in ("mina@example.org", "none@example.org"):
            client = Client()
            client.get(SIGN_IN)
            with django_assert_max_num_queries(40) as counted:
                ask(client, email)
            asked = [
                re.sub(r"'[^']*'|\"s\d[^\"]*\"|\d+", "", query["sql"]) for query in counted.captured_queries
            ]
            counts.append(asked)
            letter = Letter.objects.get(to=email)
            letters.append((letter.subject, len(letter.text), letter.is_secret))
        assert counts[0] == counts[1]
        assert letters[0] == letters[1]


class TestTries:
    def test_three_and_it_is_over(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        wrong = wrong_code("mina@example.org")
        one = send(client, CODE, {"code": wrong})
        assert (one.status_code, b"2 more times" in one.content) == (422, True)
        two = send(client, CODE, {"code": wrong})
        assert (two.status_code, b"try once more" in two.content) == (422, True)
        three = send(client, CODE, {"code": wrong})
        assert (three.status_code, b"This code no longer works" in three.content) == (410, True)
        right = send(client, CODE, {"code": newest_code("mina@example.org")})
        assert right.status_code == 410
        assert signed_in(client) is None
        assert client.get(CODE).status_code == 410

    def test_a_new_code_from_the_page_that_says_so(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org", next="/en/places/")
        SignInCode.objects.update(until=timezone.now())
        page = client.get(CODE)
        assert page.status_code == 410
        assert b'name="address" value="mina@example.org"' in page.content
        ask(client, "mina@example.org", next="/en/places/")
        answer = send(client, CODE, {"code": newest_code("mina@example.org")})
        assert answer["Location"] == "/en/places/"

    def test_after_fifteen_minutes_it_is_over(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        row = SignInCode.objects.get()
        assert row.until - row.asked_at == timedelta(minutes=15)
        SignInCode.objects.update(until=timezone.now())
        assert send(client, CODE, {"code": newest_code("mina@example.org")}).status_code == 410
        assert signed_in(client) is None

    @pytest.mark.parametrize(
        "typed", ["", "1234", "123456789", "abcdefgh", "1234567\u00b2", "x" * 41, "'; drop"]
    )
    def test_what_is_no_code_costs_no_try(self, client: Client, member: Person, typed: str) -> None:
        ask(client, "mina@example.org")
        answer = send(client, CODE, {"code": typed})
        assert answer.status_code == 422
        assert b'href="#id_code"' in answer.content
        assert SignInCode.objects.get().tries_left == 3

    def test_digits_of_another_script_are_digits(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        arabic = "".join(chr(0x660 + int(digit)) for digit in newest_code("mina@example.org"))
        send(client, CODE, {"code": arabic})
        assert signed_in(client) == str(member.pk)

    def test_a_code_works_once(self, client: Client, member: Person) -> None:
        ask(client, "mina@example.org")
        code = newest_code("mina@example.org")
        uid = client.session["door"]
        send(client, CODE, {"code": code})
        other = Client()
        session = other.session
        session["door"] = uid
        session.save()
        other.cookies["sessionid"] = session.session_key
        assert send(other, CODE, {"code": code})["Location"] == SIGN_IN
        assert signed_in(other) is None

    def test_what_is_kept_does_not_give_the_code_away(self, client: Client) -> None:
        ask(client, "mina@example.org")
        row, code = SignInCode.objects.get(), newest_code("mina@example.org")
        assert code not in str(vars(row))
        assert row.digest not in {
            hashlib.sha256(text.encode()).hexdigest()
            for text in (code, f"{row.uid}{code}", f"{row.uid} {code}")
        }
        assert code not in str(dict(client.session))

    def test_the_hourly_job_prunes(self, client: Client) -> None:
        ask(client, "a@example.org")
        SignInCode.objects.update(asked_at=timezone.now() - timedelta(days=2))
        tasks.prune_codes(timestamp=0)
        assert not SignInCode.objects.exists()

    def test_codes_are_pruned_after_a_day(self, client: Client) -> None:
        ask(client, "a@example.org")
        SignInCode.objects.update(asked_at=timezone.now() - timedelta(days=1, seconds=1))
        ask(client, "b@example.org")
        assert services.prune_codes() == 1
        assert SignInCode.objects.get().to == "b@example.org"
