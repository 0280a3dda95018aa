"""Too young to join alone: what she is told, the guardian's letter, its yes and its no."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from door_steps import CODE, JOIN, ask, newest_code
from forms import send
from tequio.base.errors import Refused
from tequio.consent.enums import Purpose
from tequio.consent.services import give
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.answering import answer_statement
from tequio.outbox.models import Letter, TextMessage
from tequio.people.models import GuardianConsent, Person
from tequio.people.permissions import can_give_opinions, is_of_age
from tequio.people.services.guardians import (
    ask_guardian,
    ask_guardian_of,
    give_consent,
    prune_guardians,
    say_no,
)
from tequio.people.services.merging import merge_guest
from tequio.people.types.ages import Feature
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
TEEN, PARENT = "teen@example.org", "parent@example.org"


def born(age: int) -> int:
    """Born so that she is certainly `age`, perhaps a year more."""
    return timezone.now().year - age - 1


def guardian_path() -> str:
    found = re.search(r"(/en/guardian/[\w-]+/)", Letter.objects.filter(to=PARENT).latest("pk").text)
    assert found
    return found[1]


@pytest.fixture
def at_the_door(client: Client) -> Callable[..., Any]:
    """The teenager has proven her address and sends the form of joining."""

    def go(age: int, country: str = "ES", **more: str) -> Any:
        ask(client, TEEN)
        send(client, CODE, {"code": newest_code(TEEN)})
        about = {"name": "Kim Smith", "language": "en", "year_of_birth": str(born(age)), "country": country}
        return send(client, JOIN, {**about, **more})

    return go


class TestJoining:
    @pytest.mark.parametrize(
        ("age", "country", "status", "says"),
        [
            (12, "ES", 403, "Accounts begin at 13"), (13, "ES", 403, "In Spain you can join alone from 14"),
            (14, "ES", 302, ""), (14, "FR", 403, "In France you can join alone from 15"), (13, "GB", 302, ""),
            (15, "", 403, "Where no country is told, you can join alone from 16"), (16, "", 302, ""),
            (17, "MX", 403, "In Mexico you can join alone from 18"), (13, "CA-QC", 403, "In Quebec (Canada)"),
            (14, "CA-QC", 302, ""),
        ],
    )  # fmt: skip
    def test_by_age_and_country(
        self, at_the_door: Callable[..., Any], age: int, country: str, status: int, says: str
    ) -> None:
        answer = at_the_door(age, country)
        assert answer.status_code == status
        assert says in answer.content.decode()
        assert Person.objects.filter(is_guest=False).exists() == (status == 302)

    def test_the_page_says_what_she_can_do_meanwhile(self, at_the_door: Callable[..., Any]) -> None:
        page = at_the_door(13).content.decode()
        assert "answer as a guest" in page
        assert "/en/ages/" in page
        assert 'name="guardian"' in page

    def test_from_the_letter_to_the_account(self, at_the_door: Callable[..., Any], client: Client) -> None:
        assert at_the_door(13, guardian=PARENT).status_code == 302
        assert not EmailAddress.objects.exists()
        letter = Letter.objects.get(to=PARENT)
        assert "“Kim”" in letter.text
        assert "Smith" not in letter.text
        browser = Client()
        path = guardian_path()
        assert "May your child take part?" in browser.get(path).content.decode()
        assert send(browser, path, {"do": "yes"})["Location"] == path
        teen = EmailAddress.objects.get(email=TEEN).user
        assert (teen.is_member, teen.country, teen.has_guardian) == (True, "ES", True)
        assert "Your guardian agreed" in Letter.objects.filter(to=TEEN).latest("pk").text
        row = GuardianConsent.objects.get()
        assert (row.to, row.guardian_email, row.name, row.year_of_birth) == ("", "", "", None)
        assert "You have agreed" in browser.get(path).content.decode()

    def test_what_a_guest_did_becomes_hers(
        self, at_the_door: Callable[..., Any], client: Client, guest: Person
    ) -> None:
        session = client.session
        session["guest"] = guest.pk
        session.save()
        client.cookies["sessionid"] = session.session_key
        at_the_door(13, guardian=PARENT)
        assert give_consent(GuardianConsent.objects.get()).pk == guest.pk
        guest.refresh_from_db()
        assert guest.is_member

    def test_her_own_address_is_no_guardians(self, at_the_door: Callable[..., Any]) -> None:
        answer = at_the_door(13, guardian=TEEN)
        assert answer.status_code == 422
        assert "This is your own address" in answer.content.decode()
        assert not GuardianConsent.objects.exists()

    def test_three_letters_a_day_to_one_address(self) -> None:
        about = {"name": "", "language": "en", "country": "ES", "year_of_birth": born(13), "guest": None}
        for number in range(3):
            ask_guardian(guardian_email=PARENT, to=f"t{number}@example.org", **about)
        with pytest.raises(Refused):
            ask_guardian(guardian_email=PARENT, to="t4@example.org", **about)

    def test_nobody_is_asked_for_a_child_or_a_grown_up(self) -> None:
        for age in (12, 18):
            with pytest.raises(Refused):
                ask_guardian(
                    guardian_email=PARENT, to=TEEN, name="", language="en", country="ES",
                    year_of_birth=born(age), guest=None,
                )  # fmt: skip


class TestAnswer:
    @pytest.fixture
    def asked(self) -> GuardianConsent:
        return ask_guardian(
            guardian_email=PARENT, to=TEEN, name="Kim", language="en", country="ES",
            year_of_birth=born(13), guest=None,
        )  # fmt: skip

    def test_no_erases_what_was_typed(self, asked: GuardianConsent, client: Client) -> None:
        answer = send(client, guardian_path(), {"do": "no"})
        assert answer["Location"] == "/en/"
        assert not GuardianConsent.objects.exists()
        assert client.get(guardian_path()).status_code == 404

    def test_taken_back_the_account_closes_at_once(
        self, asked: GuardianConsent, client: Client, browser_of: Callable[..., Client]
    ) -> None:
        """T24."""
        teen = give_consent(asked)
        hers = browser_of(teen)
        assert hers.get("/en/account/").status_code == 200
        assert send(client, guardian_path(), {"do": "no"}).status_code == 302
        assert "/sign-in/" in hers.get("/en/account/")["Location"]
        assert client.get(guardian_path()).status_code == 410
        assert send(client, guardian_path(), {"do": "yes"}).status_code == 403

    def test_over_after_a_week(self, asked: GuardianConsent, client: Client) -> None:
        GuardianConsent.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert client.get(guardian_path()).status_code == 410
        for act in (give_consent, say_no):
            with pytest.raises(Refused):
                act(asked)
        assert prune_guardians() == 1

    def test_given_is_given_once_and_stays_when_old(self, asked: GuardianConsent) -> None:
        give_consent(asked)
        with pytest.raises(Refused):
            give_consent(asked)
        GuardianConsent.objects.update(until=timezone.now() - timedelta(days=400))
        assert prune_guardians() == 0

    def test_an_address_that_has_an_account_meanwhile(
        self, asked: GuardianConsent, make_member: Callable[..., Person]
    ) -> None:
        make_member("Teen")
        with pytest.raises(Refused) as refused:
            give_consent(asked)
        assert refused.value.code == "taken"

    def test_the_link_is_over_when_she_is_old_enough(self, asked: GuardianConsent, client: Client) -> None:
        teen = give_consent(asked)
        Person.objects.filter(pk=teen.pk).update(year_of_birth=born(18))
        assert client.get(guardian_path()).status_code == 410
        assert send(client, guardian_path(), {"do": "no"}).status_code == 403
        teen.refresh_from_db()
        assert teen.is_active

    def test_who_signs_in_in_the_same_browser_is_not_the_child(
        self, asked: GuardianConsent, guest: Person, member: Person
    ) -> None:
        """Mother signs in where the child had begun as a guest: the row moves to her with the rest."""
        GuardianConsent.objects.update(person=guest)
        merge_guest(guest, member, by=member)
        asked.refresh_from_db()
        assert asked.person == member
        teen = give_consent(asked)
        assert teen.pk not in (member.pk, guest.pk)
        assert EmailAddress.objects.get(email=TEEN).user == teen
        assert not Person.objects.get(pk=member.pk).has_guardian

    def test_by_telephone(self, settings: Any) -> None:
        settings.IS_DEMO = True
        row = ask_guardian(
            guardian_email=PARENT, to="+22890123456", name="", language="en", country="ES",
            year_of_birth=born(13), guest=None,
        )  # fmt: skip
        assert give_consent(row).telephone.number == "+22890123456"
        assert "You have an account now" in TextMessage.objects.get().text

    def test_an_odd_button_does_nothing(self, asked: GuardianConsent, client: Client) -> None:
        assert send(client, guardian_path(), {"do": "perhaps"}).status_code == 422
        assert client.get("/en/guardian/nonsense/").status_code == 404


class TestMinors:
    @pytest.fixture
    def teen(self, make_member: Callable[..., Person], lome: Territory) -> Person:
        person = make_member("Kofi Mensah-Doe")
        person.year_of_birth, person.home = born(15), None
        person.country = "ES"
        person.save()
        return person

    def test_only_the_first_word_of_a_name_is_shown(self, teen: Person, member: Person) -> None:
        assert (teen.shown_name, str(teen)) == ("Kofi", "Kofi")
        teen.year_of_birth = born(18)
        assert teen.shown_name == "Kofi Mensah-Doe"
        teen.year_of_birth, teen.name = born(15), ""
        assert teen.shown_name == ""
        assert not member.is_minor

    def test_opinions_need_a_guardian(self, teen: Person, conversation: Conversation) -> None:
        assert is_of_age(teen, Feature.JOIN)  # 14 in Spain
        assert not can_give_opinions(teen)
        with pytest.raises(Refused) as refused:
            give(teen, Purpose.OPINIONS, language="en", by=teen)
        assert refused.value.code == "age"
        assert give(teen, Purpose.LETTERS, language="en", by=teen)
        with pytest.raises(Refused):
            answer_statement(conversation.statements.get(number=0), 1, by=teen)

    def test_with_one_she_takes_part(
        self, teen: Person, conversation: Conversation, browser_of: Callable[..., Client]
    ) -> None:
        browser, page = browser_of(teen), f"{conversation.item.path}answer/"
        answer = browser.get(page)
        assert answer.status_code == 403
        assert b"/en/account/guardian/" in answer.content
        sent = send(browser, "/en/account/guardian/", {"guardian": PARENT})
        assert sent["Location"] == "/en/account/guardian/"
        assert "A letter is on its way" in browser.get("/en/account/guardian/").content.decode()
        assert send(Client(), guardian_path(), {"do": "yes"}).status_code == 302
        assert browser.get(page).status_code == 200
        assert "Your guardian has agreed" in browser.get("/en/account/guardian/").content.decode()

    def test_the_home_decides_before_the_country(self, teen: Person, lome: Territory) -> None:
        teen.home = lome  # Togo: 18
        assert not is_of_age(teen, Feature.JOIN)

    def test_only_she_asks_and_not_herself(self, teen: Person, member: Person) -> None:
        with pytest.raises(Refused):
            ask_guardian_of(teen, guardian_email=PARENT, by=member)
        with pytest.raises(Refused):
            ask_guardian_of(member, guardian_email=PARENT, by=member)  # told no year
        own = EmailAddress.objects.get(user=teen).email
        with pytest.raises(Refused) as refused:
            ask_guardian_of(teen, guardian_email=own, by=teen)
        assert refused.value.code == "own_address"

    def test_her_own_address_is_refused_beside_the_field(
        self, teen: Person, browser_of: Callable[..., Client]
    ) -> None:
        EmailAddress.objects.filter(user=teen).update(email=TEEN)
        answer = send(browser_of(teen), "/en/account/guardian/", {"guardian": TEEN})
        assert answer.status_code == 422
        assert "This is your own address" in answer.content.decode()
        assert not GuardianConsent.objects.exists()

    def test_three_letters_a_day_to_one_guardian(
        self, teen: Person, browser_of: Callable[..., Client]
    ) -> None:
        browser = browser_of(teen)
        answers = [send(browser, "/en/account/guardian/", {"guardian": PARENT}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
        assert Letter.objects.filter(to=PARENT).count() == 3

    def test_a_year_that_needs_a_guardian_leads_to_her(
        self, member: Person, browser_of: Callable[..., Client]
    ) -> None:
        browser = browser_of(member)
        about = {"name": "Mina", "language": "en", "home": "", "year_of_birth": str(born(15))}
        assert send(browser, "/en/account/profile/", about)["Location"] == "/en/account/guardian/"
        child = {**about, "year_of_birth": str(born(9))}
        assert send(browser, "/en/account/profile/", child).status_code == 422
