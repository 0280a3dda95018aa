"""The pages of roles: for stewards, for everybody, and for nobody else (T18)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from forms import send
from house import House
from markup import read_page
from tequio.people.models import Person
from tequio.people.permissions import invitations_visible_to, roles_visible_to
from tequio.people.services.residence import show_code
from tequio.people.services.roles import (
    grant_role,
)
from tequio.territories.models import Territory

Maker = Callable[..., Person]
Browser = Callable[..., Client]
ROLES, GRANT, PEOPLE = (f"/en/places/TG-M-lome/{page}" for page in ("roles/", "roles/new/", "people/"))


@pytest.mark.django_db
class TestPages:
    def test_a_steward_grants_by_code(
        self, browser_of: Browser, steward: Person, member: Person, lome: Territory
    ) -> None:
        browser = browser_of(steward)
        code = show_code(member).code
        typed = {
            "role": "translator",
            "email": "",
            "code": f"{code[:3]} {code[3:].lower()}",
            "reason": "speaks Ewe",
        }
        assert send(browser, GRANT, typed)["Location"] == ROLES
        page = browser.get(ROLES).content.decode()
        assert "Mina, Translator" in page
        assert "granted by Sita" in page
        assert "speaks Ewe" in page

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"email": "", "code": ""}, "one of the two"),
            ({"email": "mina@example.org", "code": "ABC234"}, "one of the two"),
            ({"email": "", "code": "ABC234"}, "Nobody shows this code"),
            ({"email": "", "code": "ABC"}, "6 letters and digits"),
            ({"email": "nobody", "code": ""}, "whole address"),
            ({"email": '"a b"@example.org', "code": ""}, "whole address"),
            ({"email": "mina@example.org", "code": "", "reason": ""}, "required"),
            ({"email": "mina@example.org", "code": "", "role": "king"}, "king"),
        ],
    )  # fmt: skip
    def test_odd_input(
        self, browser_of: Browser, steward: Person, member: Person, typed: dict[str, str], says: str
    ) -> None:
        answer = send(browser_of(steward), GRANT, {"role": "moderator", "reason": "x", **typed})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not member.roles.exists()

    def test_the_last_steward_is_told_so(self, browser_of: Browser, steward: Person) -> None:
        browser = browser_of(steward)
        assert "The last steward of the place" in browser.get(ROLES).content.decode()
        answer = send(browser, f"/en/roles/{steward.roles.get().pk}/end/", {"reason": "tired"})
        assert answer.status_code == 422
        assert "Name another one first" in answer.content.decode()

    def test_who_resigns_is_led_to_a_page_she_may_see(
        self, browser_of: Browser, steward: Person, make_member: Maker, lome: Territory
    ) -> None:
        grant_role(make_member("Next"), "steward", lome, by=steward)
        answer = send(browser_of(steward), f"/en/roles/{steward.roles.get().pk}/end/", {"reason": "tired"})
        assert answer["Location"] == PEOPLE

    def test_history_shows_why(self, browser_of: Browser, steward: Person, alice: Person) -> None:
        browser = browser_of(steward)
        row = alice.roles.get()
        assert send(browser, f"/en/roles/{row.pk}/end/", {"reason": "She moved away."})["Location"] == ROLES
        page = browser.get(ROLES).content.decode()
        assert "ended by Sita" in page
        assert "She moved away." in page
        assert browser.get(f"/en/roles/{row.pk}/end/")["Location"] == ROLES

    def test_the_public_page_shows_names_as_chosen_and_no_reasons(
        self, browser_of: Browser, steward: Person, alice: Person, member: Person, lome: Territory
    ) -> None:
        grant_role(member, "moderator", lome, by=steward, reason="a secret reason")
        page = browser_of().get(PEOPLE).content.decode()
        assert "Sita" in page
        assert "a secret reason" not in page
        assert "Grant and end roles" not in page
        assert "Grant and end roles" in browser_of(steward).get(PEOPLE).content.decode()

    def test_every_stewards_page_is_whole(self, browser_of: Browser, house: House) -> None:
        from test_pages import complaints

        browser = browser_of(house.person("steward"))
        code = house.place.code
        for page in (
            "roles/",
            "roles/new/",
            "residents/",
            "residents/letters/",
            "residents/lists/",
            "residents/rules/",
        ):
            for language in ("en", "es", "fr"):
                answer = browser.get(f"/{language}/places/{code}/{page}")
                assert answer.status_code == 200
                assert complaints(answer, language) == []
        for path in (
            f"roles/{house.notes['role']}/end/", f"invitations/{house.notes['invitation']}/revoke/",
            f"lists/{house.notes['list']}/end/",
        ):  # fmt: skip
            assert complaints(browser.get(f"/en/{path}"), "en") == []
        assert read_page(browser.get(f"/en/places/{code}/roles/").content.decode())[1] == []

    def test_twins_stewards_reach_nothing_of_one_another(
        self, browser_of: Browser, house: House, twin: House
    ) -> None:
        """T18, for the pages only stewards have."""
        browser = browser_of(house.person("steward"))
        for page in (
            "roles/",
            "roles/new/",
            "residents/",
            "residents/letters/",
            "residents/lists/",
            "residents/rules/",
        ):
            assert browser.get(f"/en/places/{twin.place.code}/{page}").status_code == 404
        for path in (
            f"roles/{twin.notes['role']}/end/", f"invitations/{twin.notes['invitation']}/revoke/",
            f"lists/{twin.notes['list']}/end/",
        ):  # fmt: skip
            assert browser.get(f"/en/{path}").status_code == 404
            assert send(browser, f"/en/{path}", {"do": "end", "reason": "x"}).status_code == 404
        steward = house.person("steward")
        assert not roles_visible_to(steward).filter(territory=twin.place).exists()
        assert not invitations_visible_to(steward).filter(territory=twin.place).exists()
        for nobody in (None, house.person("guest"), house.person("member"), house.person("author")):
            assert not roles_visible_to(nobody).exists()
