"""What a member changes of herself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from door_steps import SIGN_IN
from forms import send
from tequio.audit.models import Record
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db

PROFILE = "/en/account/profile/"
ABOUT = {"name": "Mina", "language": "en", "home": "", "year_of_birth": ""}


class TestProfile:
    def test_she_changes_it(self, browser_of: Callable[..., Client], member: Person, lome: Territory) -> None:
        browser = browser_of(member)
        data = {"name": "Mina K.", "language": "en", "home": "TG-M-lome", "year_of_birth": "1985"}
        assert send(browser, PROFILE, data)["Location"] == PROFILE
        member.refresh_from_db()
        assert (member.name, member.home, member.year_of_birth) == ("Mina K.", lome, 1985)
        text = browser.get(PROFILE).content.decode()
        assert "Saved." in text
        assert '<option value="TG-M-lome" selected>' in text
        assert Record.objects.get(act="person.change").data == {"changed": ["home", "name", "year_of_birth"]}

    def test_another_language_changes_the_page_too(
        self, browser_of: Callable[..., Client], member: Person
    ) -> None:
        assert (
            send(browser_of(member), PROFILE, {**ABOUT, "language": "fr"})["Location"]
            == "/fr/account/profile/"
        )

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
        answer = send(browser_of(member), PROFILE, {**ABOUT, field: value})
        assert answer.status_code == 422
        assert f'href="#id_{field}"' in answer.content.decode()
        member.refresh_from_db()
        assert (member.name, member.language) == ("Mina", "en")

    def test_a_hostile_name_is_only_text(self, browser_of: Callable[..., Client], member: Person) -> None:
        browser = browser_of(member)
        send(browser, PROFILE, {**ABOUT, "name": '"><script>alert(1)</script>\u202e'})
        text = browser.get(PROFILE).content.decode()
        assert "<script>alert" not in text
        assert "\u202e" not in text

    def test_fields_she_may_not_set_are_not_read(
        self, browser_of: Callable[..., Client], member: Person
    ) -> None:
        send(
            browser_of(member), PROFILE, {**ABOUT, "is_operator": "1", "id": "1", "is_guest": "1", "uid": "x"}
        )
        member.refresh_from_db()
        assert (member.is_operator, member.is_guest) == (False, False)

    def test_it_is_closed_to_visitors_and_guests(
        self, browser_of: Callable[..., Client], guest: Person
    ) -> None:
        for person in (None, guest):
            browser = browser_of(person)
            assert browser.get(PROFILE)["Location"] == f"{SIGN_IN}?next={PROFILE}"
            assert send(browser, PROFILE, ABOUT)["Location"] == f"{SIGN_IN}?next={PROFILE}"

    def test_a_closed_account_is_out_at_once(self, browser_of: Callable[..., Client], member: Person) -> None:
        """T24: with the session she has."""
        browser = browser_of(member)
        assert browser.get(PROFILE).status_code == 200
        Person.objects.filter(pk=member.pk).update(is_active=False)
        assert browser.get(PROFILE)["Location"] == f"{SIGN_IN}?next={PROFILE}"
        assert send(browser, PROFILE, ABOUT).status_code == 302
        member.refresh_from_db()
        assert member.name == "Mina"
