"""Home, places, doors, search and papers: only what is true, in few queries, kept without cookies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people import words
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import write_original
from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.guards.middleware import STORE
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.uptake import answer_for
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.people.models import Person
from tequio.recipes.selectors import active_rows
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
NOW = timezone.now()
DAY = timedelta(days=1)


def talk(question: str, place: Territory, *, by: object = SYSTEM, **values: object) -> Conversation:
    plan = Plan(question=words(question), background={}, languages=["en"], zone=place.zone, **values)  # type: ignore[arg-type]
    return open_conversation(plan, territory=place, seeds=[words("A seed.")], by=by)  # type: ignore[arg-type]


def course(title: str, place: Territory, part: Conversation | None = None) -> Process:
    phases = [
        PhasePlan(words("Problems told"), NOW - 9 * DAY, NOW - 5 * DAY),
        PhasePlan(words("Conversation"), NOW - 5 * DAY, NOW + 5 * DAY, part.item if part else None),
        PhasePlan(words("Vote"), NOW + 6 * DAY, NOW + 9 * DAY),
    ]
    return open_process(
        title=words(title), summary=words("A summary."), background=words("Some *background*."), territory=place,
        phases=phases, languages=["en"], by=SYSTEM,
    )  # fmt: skip


def body(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def plain(html: str) -> str:
    """The words of a page, tags taken out, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


PUBLIC = [
    "", "search/", "search/?q=line", "places/", "places/TG-M-lome/", "doors/ideas/",
    "doors/ideas/?state=all&place=TG&kind=conversation&q=line", "doors/training/", "doors/practices/",
    "doors/ventures/", "rules/", "accessibility/", "about/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_kept(
    conversation: Conversation, browser_of: Browser, language: str, path: str
) -> None:
    """No form that posts, no cookie, nothing of anybody: they can be handed to all."""
    browser = browser_of()
    answer = browser.get(f"/{language}/{path}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in html
    assert re.search(r"<title>[^<]{3,} · Tequio</title>", html)
    assert 'method="post"' not in html
    assert "csrf" not in html
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-cache"
    assert html.count("<h1") == 1


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_little_however_long(
    lome: Territory, alice: Person, browser_of: Browser, django_assert_max_num_queries: Callable[..., object],
    path: str, number: int,
) -> None:  # fmt: skip
    for n in range(number):
        conversation = talk(f"A line {n}?", lome, by=alice)
        answer_for(conversation.statements.get(), "taken_up", words("Yes."), by=alice)
        course(f"A process {n}", lome, conversation)
    active_rows()
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        browser_of().get(f"/en/{path}")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("", 9), ("places/", 4), ("places/TG-M-lome/", 11), ("doors/ideas/", 6), ("search/?q=line", 8)],
)
def test_the_number_of_queries_is_known(
    lome: Territory, alice: Person, browser_of: Browser, django_assert_num_queries: Callable[..., object],
    path: str, queries: int, number: int,
) -> None:  # fmt: skip
    """With one thing and with three: the page version, the recipes and the place's tree are read before."""
    for n in range(number):
        conversation = talk(f"A line {n}?", lome, by=alice)
        answer_for(conversation.statements.get(), "taken_up", words("Yes."), by=alice)
        course(f"A process {n}", lome, conversation)
    browser = browser_of()
    browser.get("/en/about/")
    active_rows()
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        browser.get(f"/en/{path}")


def test_an_empty_house_says_what_comes_first(db: None, browser_of: Browser) -> None:
    assert "Nothing is open yet." in body(browser_of(), "/en/")
    assert "0 conversations" in body(browser_of(), "/en/")
    assert "No organiser has answered a statement yet." in body(browser_of(), "/en/")
    assert "No place has opened anything yet." in body(browser_of(), "/en/places/")
    assert "Nothing is open with these choices." in body(browser_of(), "/en/doors/ideas/")


def test_home_shows_what_closes_soonest_first(
    lome: Territory, bilbao: Territory, browser_of: Browser
) -> None:
    talk("Later?", lome, closes_at=NOW + 9 * DAY)
    sooner = talk("Sooner?", bilbao, closes_at=NOW + DAY)
    talk("Ended?", lome, closes_at=NOW - DAY)
    talk("Not yet?", lome, opens_at=NOW + DAY, closes_at=NOW + 2 * DAY)
    html = body(browser_of(), "/en/")
    assert html.index("Sooner?") < html.index("Later?")
    assert "Ended?" not in html
    assert "Not yet?" not in html
    assert "All 2 things that are open" in html
    assert f'href="/en/conversations/{sooner.pk}/answer/"' in html
    assert "4 conversations" in html
    assert "0 processes" in html


def test_home_near_a_place(lome: Territory, togo: Territory, bilbao: Territory, browser_of: Browser) -> None:
    talk("Here?", lome)
    html = body(browser_of(), "/en/?place=TG")
    assert "Here?" in html
    assert "The one thing open in Togo" in html
    html = body(browser_of(), "/en/?place=ES-BI-bilbao")
    assert "Here?" not in html
    assert "Nothing is open in Bilbao at the moment." in html
    assert 'href="/en/?place="' in html
    assert "Here?" in body(browser_of(), "/en/?place=nowhere")


def test_a_member_sees_her_home_first(
    lome: Territory, bilbao: Territory, member: Person, browser_of: Browser
) -> None:
    member.home = bilbao
    member.save()
    talk("There?", lome)
    talk("At home?", bilbao)
    browser = browser_of(member)
    assert "There?" not in body(browser, "/en/")
    assert "At home?" in body(browser, "/en/")
    assert "There?" in body(browser, "/en/?place=")
    assert "There?" in body(browser, "/en/?place=TG-M-lome")


def test_figures_are_those_of_the_answers(conversation: Conversation, browser_of: Browser) -> None:
    def line() -> str:
        return plain(body(browser_of(), "/en/"))

    assert "Nobody has answered yet." in line()
    for people, said in ((1, "1 person so far."), (1_234, "1,234 people so far.")):
        conversation.item.count.people = people
        conversation.item.count.save()
        STORE.clear()
        assert said in line()
    assert "About 1 minute." in line()


def test_a_conversation_for_members_says_so(lome: Territory, browser_of: Browser) -> None:
    talk("Members?", lome, who_may=WhoMay.MEMBERS)
    assert "For members." in body(browser_of(), "/en/")


def test_what_came_of_it(conversation: Conversation, alice: Person, browser_of: Browser) -> None:
    first, second, third = conversation.statements.order_by("number")
    answer_for(first, "not_taken_up", words("No, sorry."), by=alice)
    assert "No, sorry." not in body(browser_of(), "/en/rules/") + body(browser_of(), "/en/")
    answer_for(second, "taken_up", words("From March on."), by=alice)
    answer_for(third, "in_part", words("Half of it."), by=alice)
    html = body(browser_of(), "/en/?place=")
    assert "Half of it." in html
    assert "From March on." not in html  # the newest promise of each conversation
    assert "Taken up in part" in html
    assert "Alice" in html
    Item.objects.filter(pk=third.pk).update(hidden_by="decision-1")
    assert "From March on." in body(browser_of(), "/en/places/TG-M-lome/")


def test_the_other_doors_say_that_they_are_not_open(browser_of: Browser, db: None) -> None:
    for door in ("training", "practices", "ventures"):
        html = body(browser_of(), f"/en/doors/{door}/")
        assert "This door is not open yet." in html
        assert not re.search(r"\d+ (sessions|practices|campaigns)", html)
    assert browser_of().get("/en/doors/cellar/").status_code == 404


def test_places_with_something_on_by_country(
    lome: Territory, togo: Territory, bilbao: Territory, browser_of: Browser
) -> None:
    talk("Open?", lome)
    talk("Ended?", lome, closes_at=NOW - DAY)
    html = plain(body(browser_of(), "/en/places/"))
    assert "Togo Togo Place Open now In all Lomé 1 2" in html
    assert "Bilbao" not in html


def test_a_place_with_all_it_has(
    conversation: Conversation,
    lome: Territory,
    togo: Territory,
    mora: Person,
    bob: Person,
    browser_of: Browser,
) -> None:
    talk("Ended?", lome, closes_at=NOW - DAY)
    html = plain(body(browser_of(), "/en/places/TG-M-lome/"))
    assert "One thing is open." in html
    assert "Facilitator Alice, Bob" in html
    assert "Moderator Mora" in html
    assert "What is over" in html
    assert "See the results" in html
    assert "French, Ewe" in html
    assert "Open a conversation" not in html
    above = plain(body(browser_of(), "/en/places/TG/"))
    assert "In this place Place Open now Lomé 1" in above
    assert "Nobody yet." in above
    assert "Open a conversation" in body(browser_of(bob), "/en/places/TG-M-lome/")
    assert "Open a conversation" not in body(browser_of(mora), "/en/places/TG-M-lome/")
    assert browser_of().get("/en/places/XX/").status_code == 404


def test_roles_of_the_place_above_are_named_with_their_place(
    alice: Person, lome: Territory, browser_of: Browser
) -> None:
    from tequio.territories.services import rebuild_paths, save_territory

    save_territory(
        code="TG-M-be",
        kind="district",
        name=words("Bè"),
        zone="Africa/Lome",
        languages=["fr"],
        parents=[lome],
        by=SYSTEM,
    )
    rebuild_paths(by=SYSTEM)
    assert "Alice (Lomé)" in plain(body(browser_of(), "/en/places/TG-M-be/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Open?", "Process"}),
        ("state=over", {"Ended?"}),
        ("state=all", {"Open?", "Ended?", "Process"}),
        ("state=all&kind=process", {"Process"}),
        ("state=all&place=ES-BI-bilbao", {"Ended?"}),
        ("state=all&q=ended", {"Ended?"}),
        ("state=open&q=ended", set()),
        ("state=odd&kind=odd&place=odd&before=odd&after=odd", {"Open?", "Process"}),
    ],
)
def test_a_door_by_its_filters(
    lome: Territory, bilbao: Territory, browser_of: Browser, query: str, found: set[str]
) -> None:
    talk("Open?", lome)
    talk("Ended?", bilbao, closes_at=NOW - DAY)
    course("Process", lome)
    html = body(browser_of(), f"/en/doors/ideas/?{query}")
    titles = set(re.findall(r'<h3 class="t">\s*<a[^>]*>([^<]+)</a>', html))
    assert titles == found
    if not found:
        assert "Show everything" in html


def test_a_door_goes_from_page_to_page(lome: Territory, browser_of: Browser) -> None:
    for n in range(45):
        made = course(f"Number {n:02}", lome)
        Item.objects.filter(pk=made.pk).update(published_at=NOW - n * DAY)
    browser, seen, path = browser_of(), [], "/en/doors/ideas/?state=all&kind=process"
    for _page in range(3):
        html = body(browser, path)
        seen.append(re.findall(r"Number (\d\d)", html))
        links = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', html))
        path = "/en/doors/ideas/" + links.get("next", "").replace("&amp;", "&")
    assert [len(page) for page in seen] == [20, 20, 5]
    assert [int(number) for page in seen for number in page] == list(range(45))
    assert "next" not in links
    back = body(browser, "/en/doors/ideas/" + links["prev"].replace("&amp;", "&"))
    assert re.findall(r"Number (\d\d)", back) == seen[1]


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 10_240, "q=%26%7C!()", "q=%27%22%3B--", "q=%00", "q=%F0%9F%99%82"]
)
def test_odd_searches_are_answered(browser_of: Browser, db: None, query: str) -> None:
    status = browser_of().get(f"/en/search/?{query}").status_code
    assert status == (400 if "%00" in query else 200)


def test_words_in_another_language_carry_its_mark(lome: Territory, browser_of: Browser) -> None:
    plan = Plan(question=write_original("Hizkuntza?", "eu"), background={}, languages=["eu"])
    open_conversation(plan, territory=lome, by=SYSTEM)
    assert re.search(r'<a [^>]*lang="eu">Hizkuntza\?</a>', body(browser_of(), "/en/"))


def test_a_process_with_its_steps(
    conversation: Conversation, lome: Territory, bob: Person, browser_of: Browser
) -> None:
    process = course("A process", lome, conversation)
    html = body(browser_of(), f"/en/processes/{process.pk}/")
    text = plain(html)
    assert "2 of 3" in text
    assert "How should our neighbourhoods get online?" in text
    assert "<em>background</em>" in html
    assert html.count('aria-current="step"') == 1
    assert f'href="/en/conversations/{conversation.pk}/"' in html
    assert "Step 2 of 3, Conversation" in plain(body(browser_of(), "/en/doors/ideas/"))
    Item.objects.filter(pk=conversation.pk).update(state="draft")
    STORE.clear()
    assert "How should our neighbourhoods" not in body(browser_of(), f"/en/processes/{process.pk}/")
    assert "How should our neighbourhoods" in body(browser_of(bob), f"/en/processes/{process.pk}/")
    Item.objects.filter(pk=process.pk).update(state="withdrawn")
    STORE.clear()
    assert browser_of().get(f"/en/processes/{process.pk}/").status_code == 404
    assert browser_of().get("/en/processes/999999/").status_code == 404


def test_the_source_that_runs_is_there_to_take(browser_of: Browser, db: None) -> None:
    import io
    import tarfile

    answer = browser_of().get("/en/about/source.tar.gz")
    assert answer["Content-Type"] == "application/gzip"
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as archive:
        names = archive.getnames()
    assert "tequio/src/tequio/config/settings.py" in names
    assert "tequio/LICENSE" in names
    assert not [name for name in names if name.endswith((".pyc", ".mo", "/secret_key")) or "/var/" in name]
