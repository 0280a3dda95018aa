"""What a member sees and changes of herself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from door_steps import SIGN_IN
from forms import send
from tequio.audit.models import Record
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db

SIGN_OUT, ACCOUNT, MAILBOX = "/en/sign-out/", "/en/account/", "/en/mailbox/"
ABOUT = {"name": "Mina", "language": "en", "home": "", "year_of_birth": ""}


class TestAccount:
    def test_it_shows_what_is_hers(
        self, browser_of: Callable[..., Client], alice: Person, conversation: Conversation
    ) -> None:
        answer_statement(conversation.statements.get(number=0), 1, by=alice)
        text = browser_of(alice).get(ACCOUNT).content.decode()
        assert "alice@example.org" in text
        assert "Facilitator" in text
        assert "/en/places/TG-M-lome/" in text
        assert text.count(conversation.item.path) == 2

    def test_an_empty_one_says_what_to_do_first(
        self, browser_of: Callable[..., Client], member: Person
    ) -> None:
        text = browser_of(member).get(ACCOUNT).content.decode()
        assert "You have not answered anywhere yet." in text
        assert "My roles" not in text

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self, browser_of: Callable[..., Client], alice: Person, conversation: Conversation, count: int,
        django_assert_num_queries: Any, make_more: Callable[[int], None],
    ) -> None:  # fmt: skip
        make_more(count)
        browser = browser_of(alice)
        with django_assert_num_queries(11):
            browser.get(ACCOUNT)

    @pytest.fixture
    def make_more(self, alice: Person, lome: Territory) -> Callable[[int], None]:
        from people import words
        from tequio.ideas.deliberation.services.conversations import Plan, open_conversation

        def make(count: int) -> None:
            for number in range(count):
                plan = Plan(
                    question=words(f"Question {number}?"),
                    background=words("Why."),
                    languages=["en"],
                    zone="UTC",
                )
                opened = open_conversation(plan, territory=lome, seeds=[words("One.")], by=alice)
                answer_statement(opened.statements.get(), 1, by=alice)

        return make

    def test_she_changes_it(self, browser_of: Callable[..., Client], member: Person, lome: Territory) -> None:
        browser = browser_of(member)
        data = {"name": "Mina K.", "language": "en", "home": "TG-M-lome", "year_of_birth": "1985"}
        assert send(browser, ACCOUNT, data)["Location"] == ACCOUNT
        member.refresh_from_db()
        assert (member.name, member.home, member.year_of_birth) == ("Mina K.", lome, 1985)
        text = browser.get(ACCOUNT).content.decode()
        assert "Saved." in text
        assert '<option value="TG-M-lome" selected>' in text
        assert Record.objects.get(act="person.change").data == {"changed": ["home", "name", "year_of_birth"]}

    def test_another_language_changes_the_page_too(
        self, browser_of: Callable[..., Client], member: Person
    ) -> None:
        assert send(browser_of(member), ACCOUNT, {**ABOUT, "language": "fr"})["Location"] == "/fr/account/"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "x" * 81),
            ("language", "de"),
            ("home", "nowhere"),
            ("home", "1 OR 1=1"),
            ("year_of_birth", "-1"),
            ("year_of_birth", "19850"),
            ("year_of_birth", str(timezone.now().year - 5)),
        ],
    )
    def test_odd_input(
        self, browser_of: Callable[..., Client], member: Person, field: str, value: str
    ) -> None:
        answer = send(browser_of(member), ACCOUNT, {**ABOUT, field: value})
        assert answer.status_code == 422
        assert f'href="#id_{field}"' in answer.content.decode()
        member.refresh_from_db()
        assert (member.name, member.language) == ("Mina", "en")

    def test_a_hostile_name_is_only_text(self, browser_of: Callable[..., Client], member: Person) -> None:
        browser = browser_of(member)
        send(browser, ACCOUNT, {**ABOUT, "name": '"><script>alert(1)</script>\u202e'})
        text = browser.get(ACCOUNT).content.decode()
        assert "<script>alert" not in text
        assert "\u202e" not in text

    def test_fields_she_may_not_set_are_not_read(
        self, browser_of: Callable[..., Client], member: Person
    ) -> None:
        send(
            browser_of(member), ACCOUNT, {**ABOUT, "is_operator": "1", "id": "1", "is_guest": "1", "uid": "x"}
        )
        member.refresh_from_db()
        assert (member.is_operator, member.is_guest) == (False, False)

    def test_it_is_closed_to_visitors_and_guests(
        self, browser_of: Callable[..., Client], guest: Person
    ) -> None:
        for person in (None, guest):
            browser = browser_of(person)
            assert browser.get(ACCOUNT)["Location"] == f"{SIGN_IN}?next={ACCOUNT}"
            assert send(browser, ACCOUNT, ABOUT)["Location"] == f"{SIGN_IN}?next={ACCOUNT}"

    def test_a_closed_account_is_out_at_once(self, browser_of: Callable[..., Client], member: Person) -> None:
        """T24: with the session she has."""
        browser = browser_of(member)
        assert browser.get(ACCOUNT).status_code == 200
        Person.objects.filter(pk=member.pk).update(is_active=False)
        assert browser.get(ACCOUNT)["Location"] == f"{SIGN_IN}?next={ACCOUNT}"
        assert send(browser, ACCOUNT, ABOUT).status_code == 302
        member.refresh_from_db()
        assert member.name == "Mina"

    def test_a_role_that_ended_is_gone_at_once(
        self, browser_of: Callable[..., Client], alice: Person, lome: Territory
    ) -> None:
        browser = browser_of(alice)
        alice.roles.update(ended_at=timezone.now())
        assert "Facilitator" not in browser.get(ACCOUNT).content.decode()

    def test_two_members_see_only_their_own(
        self, browser_of: Callable[..., Client], alice: Person, bob: Person, conversation: Conversation
    ) -> None:
        text = browser_of(bob).get(ACCOUNT).content.decode()
        assert "alice" not in text.lower()
        assert conversation.item.path not in text
