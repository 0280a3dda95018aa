"""The pages on which one asks, answers, names classes and leaves, as they are read and pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import bombs
from forms import send
from house_organisations import joined
from people import words
from post import as_drawn
from tequio.base.errors import Refused
from tequio.files.services import UPLOADS_A_DAY, store_picture
from tequio.organisations.models import JoinRequest, MemberClass, Membership, Organisation
from tequio.organisations.services.joining import ask_to_join
from tequio.organisations.services.memberships import ClassPlan, admit, change_classes
from tequio.people.models import Person

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
Make = Callable[..., Organisation]


def test_a_question_is_taken_back_on_the_page_where_it_was_put(
    weavers: Organisation, member: Person, browser_of: Browser
) -> None:
    path, browser = f"/en/organisations/{weavers.pk}/join/", browser_of(member)
    ask_to_join(weavers, words="I weave.", by=member)
    assert "I ask no more" in browser.get(path).content.decode()
    done = send(browser, path, {"do": "undo"})
    assert done["Location"] == f"/en/organisations/{weavers.pk}/"
    assert not JoinRequest.objects.exists()
    again = browser.get(path).content.decode()
    assert "I ask no more" not in again
    assert 'value="ask"' in again


def test_undo_without_a_question_asks_for_nothing(
    weavers: Organisation, member: Person, browser_of: Browser
) -> None:
    answer = send(browser_of(member), f"/en/organisations/{weavers.pk}/join/", {"do": "undo"})
    assert answer.status_code == 422
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    "pressed",
    [{"do": "save", "role": "member"}, {"do": "end", "role": "administrator", "reason": "I am tired."}],
    ids=lambda one: one["do"],
)
def test_the_last_administrator_reads_why_she_must_stay(
    weavers: Organisation, alice: Person, browser_of: Browser, pressed: dict[str, str]
) -> None:
    own = Membership.objects.get(person=alice)
    answer = send(browser_of(alice), f"/en/organisations/members/{own.pk}/", pressed)
    assert answer.status_code == 422
    assert "Make somebody else an administrator first." in answer.content.decode()
    own.refresh_from_db()
    assert (own.role, own.until) == ("administrator", None)


def test_leaving_is_refused_with_words_until_another_administers(
    weavers: Organisation, alice: Person, bob: Person, browser_of: Browser
) -> None:
    own = Membership.objects.get(person=alice)
    path, browser = f"/en/organisations/members/{own.pk}/mine/", browser_of(alice)
    answer = send(browser, path, {"do": "leave"})
    assert answer.status_code == 422
    assert "The last administrator cannot go." in answer.content.decode()
    admit(weavers, person=bob, role="administrator")
    assert send(browser, path, {"do": "leave"})["Location"] == "/en/organisations/mine/"
    own.refresh_from_db()
    assert own.until
    assert browser.get(path).status_code == 404


def test_an_end_without_a_reason_is_said_at_its_field(
    weavers: Organisation, alice: Person, member: Person, browser_of: Browser
) -> None:
    membership = admit(weavers, person=member)
    answer = send(
        browser_of(alice), f"/en/organisations/members/{membership.pk}/", {"do": "end", "role": "member"}
    )
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in answer.content.decode()
    membership.refresh_from_db()
    assert membership.until is None


def test_an_organisation_in_an_alliance_has_a_class_and_no_role(
    make: Make, alice: Person, bob: Person, browser_of: Browser
) -> None:
    village, world = make("Village"), make("World", by=bob)
    membership = joined(world, village, by=alice, says_yes=bob)
    path, browser = f"/en/organisations/members/{membership.pk}/", browser_of(bob)
    page = browser.get(path).content.decode()
    assert 'name="role"' not in page
    supporter = MemberClass.objects.get(organisation=world, key="supporter")
    sent = {"do": "save", "role": "administrator", "member_class": supporter.pk}
    assert send(browser, path, sent).status_code == 302
    membership.refresh_from_db()
    assert (membership.role, membership.member_class) == ("member", supporter)


def test_a_class_is_named_in_several_languages_and_renamed(
    weavers: Organisation, alice: Person, browser_of: Browser
) -> None:
    path = f"/fr/organisations/{weavers.pk}/classes/"
    drawn = as_drawn(browser_of(alice).get(path).content.decode(), {"new0-words_fr"})
    first = {**drawn, "new0-words_en": "Apprentice", "new0-words_fr": "Apprentie"}
    assert browser_of(alice).post(path, first).status_code == 302
    made = MemberClass.objects.get(organisation=weavers, key="")
    told = {tag: (entry["text"], entry["status"]) for tag, entry in made.words.items()}
    assert told == {"fr": ("Apprentie", "original"), "en": ("Apprentice", "human")}
    drawn = as_drawn(browser_of(alice).get(path).content.decode(), {"new0-words_fr"})
    prefix = f"class{made.pk}-words"
    assert (drawn[f"{prefix}_fr"], drawn[f"{prefix}_en"]) == ("Apprentie", "Apprentice")
    other = {**drawn, f"{prefix}_fr": "Élève", f"{prefix}_en": "", f"{prefix}_es": "Alumna"}
    assert browser_of(alice).post(path, other).status_code == 302
    made.refresh_from_db()
    told = {tag: (entry["text"], entry["status"]) for tag, entry in made.words.items()}
    assert told == {"fr": ("Élève", "original"), "es": ("Alumna", "human")}


def test_a_class_of_ones_own_keeps_a_name(weavers: Organisation, alice: Person, browser_of: Browser) -> None:
    (own,) = change_classes(weavers, [ClassPlan(None, words("Apprentice"))], by=alice)
    name = f"class{own.pk}-words_en"
    answer = send(browser_of(alice), f"/en/organisations/{weavers.pk}/classes/", {name: ""})
    assert answer.status_code == 422
    assert f'id="id_{name}_error"' in answer.content.decode()
    own.refresh_from_db()
    assert str(own.title) == "Apprentice"


def test_a_sign_is_sent_some_times_a_day_and_no_more(
    weavers: Organisation, alice: Person, browser_of: Browser
) -> None:
    for _ in range(UPLOADS_A_DAY):
        with pytest.raises(Refused, match="picture"):
            store_picture(SimpleUploadedFile("a.png", b"no picture"), by=alice)
    sign = SimpleUploadedFile("a.png", bombs.picture())
    answer = send(browser_of(alice), f"/en/organisations/{weavers.pk}/logo/", {"picture": sign})
    assert answer.status_code == 429
    assert "very often in a short time" in answer.content.decode()
    weavers.refresh_from_db()
    assert weavers.logo_id is None
