"""The pages on which people prove where they live, and stewards' desks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from forms import send
from house import House
from residents import NUMBER, YEAR, list_member, send_letter
from tequio.people.models import IdentifierList, Person, Residence, ResidenceLetter, ResidenceRule
from tequio.people.services import change_person
from tequio.people.services.letters import ask_letter
from tequio.people.services.residence import show_code
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
PLACE = "/en/places/TG-M-lome/"
DESK, MINE, CODE = f"{PLACE}residents/", "/en/account/residences/", "/en/account/my-code/"


class TestExplaining:
    def test_a_visitor_reads_how_it_is_done(
        self, browser_of: Browser, alice: Person, all_ways: ResidenceRule
    ) -> None:
        answer = browser_of().get(f"{PLACE}residence/")
        page = answer.content.decode()
        for words_ in (
            "In person",
            "By a letter with a code",
            "register",
            "By a list of the place",
            "12 months",
            "Alice",
        ):
            assert words_ in page
        assert "Sign in or join" in page
        assert 'method="post"' not in page
        assert "Set-Cookie" not in answer

    def test_a_place_that_takes_nobody(self, browser_of: Browser, lome: Territory) -> None:
        ResidenceRule.objects.create(territory=lome, methods=[])
        assert "verifies nobody at the moment" in browser_of().get(f"{PLACE}residence/").content.decode()

    def test_a_member_sees_how_it_stands(self, browser_of: Browser, house: House) -> None:
        page = (
            browser_of(house.person("member"))
            .get(f"/en/places/{house.place.code}/residence/")
            .content.decode()
        )
        assert "You are verified in" in page

    def test_the_proof_of_a_district_is_told_as_such(
        self, browser_of: Browser, member: Person, togo: Territory, lome: Territory
    ) -> None:
        Residence.objects.create(
            person=member,
            territory=lome,
            method="list",
            verified_by="x",
            until=timezone.now() + timedelta(days=1),
        )
        assert "within Togo" in browser_of(member).get("/en/places/TG/residence/").content.decode()


class TestDesk:
    def test_code_then_name_then_yes(
        self, browser_of: Browser, alice: Person, member: Person, lome: Territory
    ) -> None:
        phone, desk = browser_of(member), browser_of(alice)
        assert send(phone, CODE)["Location"] == CODE
        shown = member.shown_code.code
        assert f"{shown[:3]} {shown[3:]}" in phone.get(CODE).content.decode()
        asked = send(desk, DESK, {"code": f" {shown[:3].lower()}-{shown[3:]}"})
        assert asked.status_code == 200
        assert "Mina" in asked.content.decode()
        assert not Residence.objects.exists()
        assert send(desk, DESK, {"code": shown, "seen": "1"})["Location"] == DESK
        assert Residence.objects.get().person == member

    def test_a_code_nobody_shows(self, browser_of: Browser, alice: Person) -> None:
        answer = send(browser_of(alice), DESK, {"code": "ABC234"})
        assert answer.status_code == 422
        assert "Nobody shows this code now" in answer.content.decode()

    def test_her_own_code(self, browser_of: Browser, alice: Person) -> None:
        answer = send(browser_of(alice), DESK, {"code": show_code(alice).code, "seen": "1"})
        assert answer.status_code == 422
        assert "You cannot verify yourself" in answer.content.decode()

    def test_guessing_ends(self, browser_of: Browser, alice: Person) -> None:
        browser = browser_of(alice)
        answers = [send(browser, DESK, {"code": "ABC234"}).status_code for _number in range(61)]
        assert answers[59:] == [422, 429]

    def test_a_facilitator_sees_no_stewards_pages(self, browser_of: Browser, alice: Person) -> None:
        browser = browser_of(alice)
        assert "For stewards" not in browser.get(DESK).content.decode()
        for page in ("letters/", "lists/", "rules/"):
            assert browser.get(DESK + page).status_code == 404

    def test_the_rules(self, browser_of: Browser, steward: Person, lome: Territory) -> None:
        browser = browser_of(steward)
        rules = f"{DESK}rules/"
        assert "No rule was set yet" in browser.get(rules).content.decode()
        assert send(browser, rules, {"methods": ["letter", "list"], "months": "6"})["Location"] == rules
        assert ResidenceRule.objects.get().methods == ["letter", "list"]
        for wrong in (
            {"methods": ["magic"], "months": "6"},
            {"methods": ["letter"], "months": "7"},
            {"months": "6"},
        ):
            assert send(browser, rules, wrong).status_code == 422
        assert "not among the ways" in browser.get(DESK).content.decode()


@pytest.mark.usefixtures("all_ways")
class TestLetter:
    def test_from_the_form_to_the_sheet_to_the_code(
        self, browser_of: Browser, steward: Person, member: Person
    ) -> None:
        hers, desk = browser_of(member), browser_of(steward)
        form = {"place": "TG-M-lome", "address": "Mina Adjo\n12 rue des Palmiers"}
        assert send(hers, f"{MINE}letter/", form)["Location"] == f"{PLACE}residence/"
        assert "waits to be printed" in hers.get(f"{PLACE}residence/").content.decode()
        row = ResidenceLetter.objects.get()
        sheet = desk.get(f"{DESK}letters/").content.decode()
        assert "12 rue des Palmiers" in sheet
        assert f"{row.code[:5]} {row.code[5:]}" in sheet
        assert send(desk, f"{DESK}letters/", {"letter": row.pk})["Location"] == f"{DESK}letters/"
        after = desk.get(f"{DESK}letters/").content.decode()
        assert "Palmiers" not in after
        assert "No letter waits" in after
        wrong = send(hers, f"{MINE}letter/code/", {"place": "TG-M-lome", "code": "2222222222"})
        assert "You can try 4 more times" in wrong.content.decode()
        right = send(hers, f"{MINE}letter/code/", {"place": "TG-M-lome", "code": row.code.lower()})
        assert right["Location"] == f"{PLACE}residence/"
        assert Residence.objects.get().method == "letter"

    def test_nothing_ticked_erases_nothing(
        self, browser_of: Browser, steward: Person, member: Person, lome: Territory
    ) -> None:
        ask_letter(member, lome, "12 rue")
        for typed in ({}, {"letter": "x"}, {"letter": "999999"}):
            assert send(browser_of(steward), f"{DESK}letters/", typed).status_code == 422
        assert ResidenceLetter.objects.get().address == "12 rue"

    def test_odd_input(self, browser_of: Browser, member: Person, bilbao: Territory) -> None:
        browser = browser_of(member)
        for typed in (
            {"place": "", "address": "x"}, {"place": "nowhere", "address": "x"}, {"place": "TG-M-lome", "address": " "},
            {"place": "TG-M-lome", "address": "x" * 401}, {"place": "ES-BI-bilbao", "address": "12 rue"},
        ):  # fmt: skip
            assert send(browser, f"{MINE}letter/", typed).status_code == 422
        over = send(browser, f"{MINE}letter/code/", {"place": "TG-M-lome", "code": "2222222222"})
        assert "There is no code to type" in over.content.decode()
        assert not ResidenceLetter.objects.exists()


class TestList:
    def test_her_number(self, browser_of: Browser, house: House) -> None:
        client = browser_of(house.person("colleague"))
        list_member(house, client)
        form = {"place": house.place.code, "identifier": NUMBER, "year": YEAR}
        wrong = send(client, f"{MINE}list/", {**form, "year": YEAR + 1})
        assert "We did not find this number" in wrong.content.decode()
        assert NUMBER not in str(Residence.objects.values_list())
        assert send(client, f"{MINE}list/", form)["Location"] == f"/en/places/{house.place.code}/residence/"

    def test_where_the_place_has_no_lists(self, browser_of: Browser, member: Person, lome: Territory) -> None:
        answer = send(
            browser_of(member), f"{MINE}list/", {"place": "TG-M-lome", "identifier": "1234", "year": "1990"}
        )
        assert answer.status_code == 422
        assert "does not verify in this way" in answer.content.decode()

    def test_a_steward_uploads_and_deletes(
        self, browser_of: Browser, steward: Person, lome: Territory
    ) -> None:
        browser, page = browser_of(steward), f"{DESK}lists/"
        assert "None yet" in browser.get(page).content.decode()
        bad = SimpleUploadedFile("roll.csv", b"identifier,year_of_birth\nAB1234,85\n")
        answer = send(browser, page, {"name": "Roll", "file": bad})
        assert answer.status_code == 422
        assert "Line 2" in answer.content.decode()
        good = SimpleUploadedFile("roll.csv", b"identifier,year_of_birth\nAB1234,1985\n")
        assert send(browser, page, {"name": "Roll", "file": good})["Location"] == page
        assert "0 of 1 lines taken in" in browser.get(page).content.decode()
        row = IdentifierList.objects.get()
        IdentifierList.objects.filter(pk=row.pk).update(ready_at=timezone.now())
        assert "1 line, 0 used" in browser.get(page).content.decode()
        assert send(browser, f"/en/lists/{row.pk}/end/").status_code == 422
        assert send(browser, f"/en/lists/{row.pk}/end/", {"do": "end"})["Location"] == page
        assert browser.get(f"/en/lists/{row.pk}/end/").status_code == 404

    def test_too_large(self, browser_of: Browser, steward: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        from tequio.people.forms import residence

        monkeypatch.setattr(residence, "LONGEST_LIST", 10)
        file = SimpleUploadedFile("roll.csv", b"hash\n" + b"a" * 64)
        answer = send(browser_of(steward), f"{DESK}lists/", {"name": "Roll", "file": file})
        assert "larger than 10 MB" in answer.content.decode()


class TestMine:
    def test_she_sees_and_ends_her_own(self, browser_of: Browser, house: House) -> None:
        browser = browser_of(house.person("member"))
        page = browser.get(MINE).content.decode()
        assert "counts until" in page
        for odd in ("", "x", "9" * 30, "0"):
            assert send(browser, MINE, {"residence": odd}).status_code == 422
        assert send(browser, MINE, {"residence": house.notes["residence"]})["Location"] == MINE
        assert "ended" in browser.get(MINE).content.decode()

    def test_nobody_elses(self, browser_of: Browser, house: House) -> None:
        answer = send(browser_of(house.person("steward")), MINE, {"residence": house.notes["residence"]})
        assert answer.status_code == 422
        assert Residence.objects.get().ended_at is None

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self,
        browser_of: Browser,
        member: Person,
        lome: Territory,
        count: int,
        django_assert_num_queries: Callable[[int], object],
    ) -> None:
        for number in range(count):
            Residence.objects.create(
                person=member, territory=lome, method="list", verified_by="x", until=timezone.now(),
                ended_at=timezone.now() if number else None,
            )  # fmt: skip
        browser = browser_of(member)
        with django_assert_num_queries(3):  # type: ignore[attr-defined]
            browser.get(MINE)


class TestProfile:
    def test_languages_in_her_order(self, browser_of: Browser, member: Person, lome: Territory) -> None:
        about = {
            "name": "Mina", "language": "fr", "home": "TG-M-lome", "year_of_birth": "1985",
            "reads_1": "ee", "reads_2": "fr", "reads_3": "ee", "reads_4": "",
        }  # fmt: skip
        assert send(browser_of(member), "/en/account/profile/", about)["Location"] == "/fr/account/profile/"
        member.refresh_from_db()
        assert (member.languages, member.home, member.year_of_birth) == (["ee", "fr"], lome, 1985)
        page = browser_of(member).get("/en/account/profile/").content.decode()
        assert '<option value="ee" selected>' in page

    def test_where_it_is_not_asked_languages_stay(self, member: Person) -> None:
        member.languages = ["ee"]
        member.save()
        change_person(member, name="M", language="en", home=None, year_of_birth=None, by=member)
        member.refresh_from_db()
        assert member.languages == ["ee"]

    @pytest.mark.parametrize(
        ("field", "value"), [("reads_1", "xx"), ("home", "nowhere"), ("year_of_birth", "85")]
    )
    def test_odd_input(self, browser_of: Browser, member: Person, field: str, value: str) -> None:
        about = {"name": "Mina", "language": "en", "home": "", "year_of_birth": "", field: value}
        assert send(browser_of(member), "/en/account/profile/", about).status_code == 422

    def test_a_minors_roles_show_her_first_name_only(
        self, browser_of: Browser, alice: Person, lome: Territory
    ) -> None:
        Person.objects.filter(pk=alice.pk).update(name="Alice Amegan", year_of_birth=timezone.now().year - 16)
        for page in (PLACE, f"{PLACE}people/", f"{PLACE}residence/"):
            text = browser_of().get(page).content.decode()
            assert "Alice" in text
            assert "Amegan" not in text

    def test_the_table_of_ages(self, browser_of: Browser) -> None:
        for language, name in (("en", "Spain"), ("es", "España"), ("fr", "Espagne")):
            page = browser_of().get(f"/{language}/ages/").content.decode()
            assert name in page
            assert "Ley Orgánica 3/2018, art. 7" in page


def test_letters_of_the_house_are_typed(browser_of: Browser, house: House) -> None:
    client = browser_of(house.person("member"))
    send_letter(house, client)
    form = {"place": house.place.code, "code": house.notes["letter_code"]}
    assert send(client, f"{MINE}letter/code/", form).status_code == 302
