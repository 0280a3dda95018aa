"""How a member signs in, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from door_steps import SIGN_IN
from tequio.base.actor import SYSTEM
from tequio.people.models import Person
from tequio.people.services import grant_role
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db

ACCOUNT = "/en/account/"


class TestAccount:
    def test_it_shows_her_ways_in(self, browser_of: Callable[..., Client], alice: Person) -> None:
        text = browser_of(alice).get(ACCOUNT).content.decode()
        assert "alice@example.org" in text
        assert "/en/account/profile/" in text
        assert "Help somebody who lost her address" not in text

    def test_a_steward_may_vouch(
        self, browser_of: Callable[..., Client], alice: Person, lome: Territory
    ) -> None:
        grant_role(alice, "steward", lome, by=SYSTEM)
        assert "/en/account/vouch/" in browser_of(alice).get(ACCOUNT).content.decode()

    def test_queries(
        self, browser_of: Callable[..., Client], alice: Person, django_assert_num_queries: Any
    ) -> None:
        browser = browser_of(alice)
        with django_assert_num_queries(6):
            browser.get(ACCOUNT)

    def test_it_is_closed_to_visitors_and_guests(
        self, browser_of: Callable[..., Client], guest: Person
    ) -> None:
        for person in (None, guest):
            assert browser_of(person).get(ACCOUNT)["Location"] == f"{SIGN_IN}?next={ACCOUNT}"

    def test_two_members_see_only_their_own(
        self, browser_of: Callable[..., Client], alice: Person, bob: Person
    ) -> None:
        assert "alice" not in browser_of(bob).get(ACCOUNT).content.decode().lower()
