"""The list, the page of one, and its forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

import bombs
from forms import open_browser, send
from house import House
from house_organisations import small_picture
from markup import read_page
from people import words
from tequio.guards.middleware import STORE
from tequio.organisations.enums import OrganisationKind
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_see, visible_to
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import set_hidden, set_logo
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
LIST = "/en/organisations/"
FORM = {
    "kind": "informal_group", "language": "en", "name": "The bread oven", "description": "We bake.", "territory": "TG-M-lome",
}  # fmt: skip


def named(page: str) -> list[str]:
    root, _mistakes = read_page(page)
    return [one.text() for one in root.all("h3") if one.attributes.get("class") == "t"]


@pytest.mark.parametrize(("number", "queries"), [(1, 3), (3, 3)])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    make, number: int, queries: int, django_assert_num_queries
) -> None:
    for index in range(number):
        make(f"Group {index}")
    STORE.clear()
    with django_assert_num_queries(queries):
        page = Client().get(LIST)
    assert len(named(page.content.decode())) == number


@pytest.mark.parametrize(("number", "queries"), [(1, 9), (3, 9)])
def test_the_page_takes_as_many_queries_for_one_member_as_for_three(
    make, make_member, alice: Person, number: int, queries: int, django_assert_num_queries
) -> None:
    alliance = make("All", kind="federation")
    set_logo(alliance, small_picture(alice), by=alice)
    for index in range(number):
        member = make(f"Group {index}", by=make_member(f"Admin{index}"))
        admit(alliance, member=member)
        admit(alliance, person=make_member(f"Person{index}"), is_shown=True)
    browser = open_browser(alice)
    with django_assert_num_queries(queries):
        page = browser.get(f"{LIST}{alliance.pk}/")
    assert page.content.decode().count("Group ") == number


def test_by_place_kind_name_and_verification(
    make,
    make_member,
    alice: Person,
    sefa: Person,
    lome: Territory,
    bilbao: Territory,
    togo: Territory,
    browser_of: Browser,
) -> None:
    make("Tejedoras de Bè", territories=[bilbao])
    make("Cooperativa del Nervión", place=bilbao, by=make_member("Ane"))
    make("Choir", kind="informal_group")
    browser = browser_of()
    asked = {
        "": {"Choir", "Cooperativa del Nervión", "Tejedoras de Bè"},
        "?q=TEJEDORAS": {"Tejedoras de Bè"},
        "?q=nervion": {"Cooperativa del Nervión"},
        "?q=be tej": {"Tejedoras de Bè"},
        "?q=%25": set(),
        "?q=choir&place=TG": {"Choir"},
        "?place=ES-BI-bilbao": {"Cooperativa del Nervión", "Tejedoras de Bè"},
        "?place=TG": {"Choir", "Tejedoras de Bè"},
        "?kind=informal_group": {"Choir"},
        "?kind=nonsense&place=nowhere": {"Choir", "Cooperativa del Nervión", "Tejedoras de Bè"},
        "?verified=1": set(),
    }
    for query, expected in asked.items():
        assert set(named(browser.get(LIST + query).content.decode())) == expected, query


def test_a_long_list_is_walked_by_its_names(make, make_member) -> None:
    people = [make_member(f"M{number}") for number in range(10)]
    for number in range(45):
        make(f"Group {number:02}", by=people[number // 5])
    seen: list[str] = []
    path = LIST
    for _ in range(5):
        page = Client().get(path).content.decode()
        seen += named(page)
        root, _mistakes = read_page(page)
        following = [one for one in root.all("a") if one.text() == "Next"]
        if not following:
            break
        path = LIST + following[0].attributes["href"]
    assert seen == [f"Group {number:02}" for number in range(45)]


def test_names_are_shown_in_their_own_language_and_the_readers_beside(make, alice: Person) -> None:
    organisation = make("Weavers")
    Organisation.objects.filter(pk=organisation.pk).update(name=words("Weavers", "Tejedoras", "Tisserandes"))
    page = Client().get("/fr/organisations/").content.decode()
    assert '<a href="/fr/organisations/' in page
    assert 'lang="en">Weavers</a>' in page
    assert "Tisserandes" in page
    assert "<h1>Tisserandes</h1>" in Client().get(f"/fr/organisations/{organisation.pk}/").content.decode()


def test_every_kind_has_its_word_in_the_form(browser_of: Browser, member: Person, lome: Territory) -> None:
    page = browser_of(member).get(f"{LIST}new/").content.decode()
    with translation.override("en"):
        for kind in OrganisationKind:
            assert str(kind.label) in page


def test_making_one_by_the_form(
    browser_of: Browser, member: Person, lome: Territory, bilbao: Territory
) -> None:
    browser = browser_of(member)
    more = {
        "territories": ["ES-BI-bilbao", "TG-M-lome"],
        "website": "example.org/oven",
        "name_fr": "Le four",
        "founded": "1999",
    }
    done = send(browser, f"{LIST}new/", {**FORM, **more, "is_shown": "on"})
    made = Organisation.objects.get()
    assert done["Location"] == f"{LIST}{made.pk}/"
    assert (made.kind, made.territory, made.website, made.founded) == (
        "informal_group", lome, "https://example.org/oven", 1999,
    )  # fmt: skip
    assert made.names == "the bread oven le four"
    assert [row.territory for row in made.action_places.all()] == [bilbao]
    page = browser.get(done["Location"]).content.decode()
    assert 'href="https://example.org/oven" rel="nofollow noopener ugc"' in page
    assert "Mina" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("website", "javascript:alert(1)"), ("website", "ftp://example.org"), ("website", "https://"),
        ("website", "data:text/html,x"), ("email", "not an address"), ("founded", "2999"), ("founded", "1e3"),
        ("name", ""), ("kind", "army"), ("territory", "XX"), ("territories", "XX"), ("description", ""),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_said_at_its_field(
    browser_of: Browser, member: Person, lome: Territory, field: str, value: str
) -> None:
    extra = {"description_fr": "Nous cuisons."} if field == "description" else {}
    answer = send(browser_of(member), f"{LIST}new/", {**FORM, **extra, field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Organisation.objects.exists()


def test_two_who_write_at_once_are_told(
    weavers: Organisation, alice: Person, bob: Person, browser_of: Browser
) -> None:
    admit(weavers, person=bob, role="administrator")
    path = f"{LIST}{weavers.pk}/edit/"
    root, _mistakes = read_page(browser_of(alice).get(path).content.decode())
    seen = next(one.attributes["value"] for one in root.all("input") if one.attributes.get("name") == "seen")
    form = {"kind": "cooperative", "language": "en", "seen": seen}
    assert send(browser_of(bob), path, {**form, "name": "Weavers of Bè"}).status_code == 302
    late = browser_of(alice)
    second = send(late, path, {**form, "name": "Weavers of Lomé"})
    assert second.status_code == 422
    assert "Somebody changed this page" in second.content.decode()
    root, _mistakes = read_page(second.content.decode())
    newest = next(
        one.attributes["value"] for one in root.all("input") if one.attributes.get("name") == "seen"
    )
    assert newest != seen
    assert send(late, path, {**form, "seen": newest, "name": "Weavers of Lomé"}).status_code == 302
    weavers.refresh_from_db()
    assert weavers.sort_name == "weavers of lome"


def test_its_sign_goes_through_its_own_view(
    weavers: Organisation, alice: Person, bob: Person, browser_of: Browser
) -> None:
    path = f"{LIST}{weavers.pk}/logo/"
    browser = browser_of(alice)
    assert send(browser, path, {"picture": SimpleUploadedFile("a.png", b"no picture")}).status_code == 422
    assert (
        send(browser, path, {"picture": SimpleUploadedFile("a.png", bombs.picture(300, 300))}).status_code
        == 302
    )
    sign = browser_of().get(f"{path}192.webp")
    assert (sign.status_code, sign["Content-Type"]) == (200, "image/webp")
    assert browser_of().get(f"{path}4000.webp").status_code == 404
    set_hidden(weavers, "decision:1", by=alice)
    assert browser_of().get(f"{path}192.webp").status_code == 404
    assert browser_of(bob).get(f"{path}192.webp").status_code == 200  # facilitator of the place


def test_hidden_is_as_absent_but_for_its_own_and_those_who_look_after_the_place(
    weavers: Organisation, alice: Person, charlie: Person, mora: Person, member: Person, guest: Person
) -> None:
    admit(weavers, person=member)
    for hidden in ("", "decision:1"):
        set_hidden(weavers, hidden, by=alice)
        weavers.refresh_from_db()
        for person in (None, guest, alice, charlie, mora, member):
            one = person and Person.objects.get(pk=person.pk)
            assert visible_to(one).filter(pk=weavers.pk).exists() == can_see(one, weavers)
    assert [can_see(one, weavers) for one in (None, guest, charlie)] == [False] * 3
    assert [can_see(one, weavers) for one in (alice, mora, member)] == [True] * 3
    assert "Weavers" not in Client().get(LIST).content.decode()
    assert Client().get(f"{LIST}{weavers.pk}/").status_code == 404
    assert open_browser(alice).get(f"{LIST}{weavers.pk}/").status_code == 200
    assert open_browser(alice).get(f"{LIST}{weavers.pk}/edit/").status_code == 404


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_a_stewards_pages_and_no_other_stewards(house: House, twin: House, language: str) -> None:
    here, there = house.organisations, twin.organisations
    steward = open_browser(house.person("steward"))
    queue = steward.get(f"/{language}/organisations/to-verify/")
    assert f"/organisations/{here.waits.pk}/verify/" in queue.content.decode()
    assert f"/organisations/{there.waits.pk}/verify/" not in queue.content.decode()
    for one in (here.waits, here.runs):
        page = steward.get(f"/{language}/organisations/{one.pk}/verify/")
        assert page.status_code == 200
        assert read_page(page.content.decode())[1] == []
    assert steward.get(f"/{language}/organisations/{there.waits.pk}/verify/").status_code == 404


def test_things_of_the_other_house_in_no_form(house: House, twin: House) -> None:
    """Classes, applicants, residents and invitations belong to their own organisation."""
    author = open_browser(house.person("author"))
    here, there = house.organisations, twin.organisations
    foreign = there.runs.classes.first()
    assert foreign
    tried = [
        (
            f"/en/organisations/{here.runs.pk}/invite/",
            {"email": "a@example.org", "role": "member", "member_class": foreign.pk},
        ),
        (
            f"/en/organisations/members/{here.member.pk}/",
            {"role": "member", "member_class": foreign.pk, "do": "save"},
        ),
        (f"/en/organisations/{here.alliance.pk}/join/", {"who": there.runs.pk, "do": "ask"}),
        (
            f"/en/organisations/{here.runs.pk}/register/",
            {"person": there.member.person_id, "territory": house.place.pk, "is_so": "on"},
        ),
    ]
    for path, form in tried:
        assert send(author, path, form).status_code == 422, path
    prefix = f"class{foreign.pk}"
    send(author, f"/en/organisations/{here.runs.pk}/classes/", {f"{prefix}-words_en": "Stolen"})
    foreign.refresh_from_db()
    assert foreign.words == {}


def test_a_territory_names_its_organisations(
    make, lome: Territory, togo: Territory, bilbao: Territory
) -> None:
    make("Weavers", territories=[bilbao])
    for code in ("TG-M-lome", "TG", "ES-BI-bilbao"):
        page = Client().get(f"/en/places/{code}/").content.decode()
        assert "Weavers" in page
        assert f"/en/organisations/?place={code}" in page


def test_my_organisations_say_what_waits(house: House) -> None:
    pages = {
        role: open_browser(house.person(role)).get("/en/organisations/mine/").content.decode()
        for role in ("author", "stranger", "member", "colleague")
    }
    assert f"/organisations/requests/{house.organisations.request.pk}/" in pages["author"]
    assert "waits" in pages["stranger"]
    assert "You are invited" in pages["member"]
    assert f"/members/{house.organisations.colleague.pk}/mine/" in pages["colleague"]
    assert f"/organisations/requests/{house.organisations.request.pk}/" not in pages["colleague"]
