"""The search: what is found, in which order, counted by facets, in other languages, whatever is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from markup import Element, read_page
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item
from tequio.catalogue.selectors.finding import Cell, counted, found, ordered, search_order, weighed, wide_rule
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.people.models import Person
from tequio.portal.search.models import Gap
from tequio.portal.search.selectors.searching import read_asked
from tequio.portal.search.types import Asked, excerpt, mark
from tequio.recipes.services import activate_version, propose_version
from tequio.territories.models import Territory
from tequio.territories.selectors import places_named

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
DAY = timedelta(days=1)


def talk(question: Any, place: Territory, *seeds: str, **values: Any) -> Conversation:
    title = words(question) if isinstance(question, str) else question
    plan = Plan(question=title, background={}, languages=["en"], zone=place.zone, **values)
    return open_conversation(plan, territory=place, seeds=[words(one) for one in seeds], by=SYSTEM)


@pytest.fixture
def wells(lome: Territory, bilbao: Territory) -> list[Conversation]:
    """Two open in Lomé (one in three languages), one over in Bilbao, two statements."""
    three = words("Where are the wells?", "¿Dónde están los pozos? Wells", "Où sont les puits ? Wells")
    return [
        talk(three, lome, "Wells need a lid.", "The wells are far."),
        talk("Who pays for wells?", lome),
        talk("Old wells of Bilbao?", bilbao, closes_at=timezone.now() - DAY),
    ]


@dataclass
class Shown:
    """A page as it was sent, and as a parser reads it."""

    html: str
    root: Element

    def all(self, *tags: str) -> list[Element]:
        return self.root.all(*tags)

    @property
    def text(self) -> str:
        return plain(self.html)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"</?(?:p|h\d|li|div)\b[^>]*>", " ", html).translate({10: " "})).split())


def page_of(browser: Client, query: str, language: str = "en") -> Shown:
    answer = browser.get(f"/{language}/search/?{query}")
    assert answer.status_code == 200
    html = answer.content.decode()
    root, mistakes = read_page(html)
    assert mistakes == []
    return Shown(re.sub(r"</?(?:mark|a|b|span)\b[^>]*>", "", html), root)


def titles(page: Shown) -> list[str]:
    return [plain(one) for one in re.findall(r'<h3 class="t">(.*?)</h3>', page.html, re.DOTALL)]


def numbers(root: Shown) -> dict[str, dict[str, int]]:
    """Name of the facet → its choices with their numbers."""
    found_lines: dict[str, dict[str, int]] = {}
    for line in (one for part in root.all("dl") for one in part.all("div")):
        cells = line.all("dd")[0].children
        choices: dict[str, int] = {}
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            if cell.tag == "a" and following is not None and following.tag == "span":
                choices[cell.text()] = int(following.text().strip("()"))
            elif cell.tag == "b":
                name, _, number = cell.text().rpartition(" ")
                choices[name] = int(number.strip("()"))
        found_lines[line.all("dt")[0].text()] = choices
    return found_lines


def test_things_and_parts_stand_in_one_list(wells: list[Conversation], browser_of: Browser) -> None:
    root = page_of(browser_of(), "q=wells")
    assert set(titles(root)) == {
        "Where are the wells?", "Who pays for wells?", "Old wells of Bilbao?", "Wells need a lid.", "The wells are far.",
    }  # fmt: skip
    assert "5 found." in root.text
    assert titles(root).index("Wells need a lid.") > titles(root).index("Who pays for wells?"), (
        "a whole is first"
    )


def test_facets_count_and_lead(wells: list[Conversation], browser_of: Browser) -> None:
    root = page_of(browser_of(), "q=wells")
    assert numbers(root) == {
        "Kind": {"Conversation": 3, "Statement": 2},
        "Place": {"Lomé": 4, "Bilbao": 1},
        "Can be read in": {"English": 5, "Spanish": 1, "French": 1},
        "State": {"Open now": 4, "Over": 1},
    }
    links = [one.attributes["href"] for one in root.all("nav") for one in one.all("a")]
    for link in (one for one in links if one.startswith("?")):
        query = parse_qs(urlsplit(link).query)
        narrowed = page_of(browser_of(), urlsplit(link).query)
        chosen = numbers(narrowed)
        if extra := set(query) - {"q", "order"}:
            (name,) = extra
            title = {"kind": "Kind", "place": "Place", "language": "Can be read in", "state": "State"}[name]
            on = next(one.text() for one in narrowed.all("b") if "(" in one.text() and one.inside("dl"))
            number = chosen[title][on.rpartition(" ")[0]]
            assert len(titles(narrowed)) == number, link


def test_two_facets_together_and_back(wells: list[Conversation], browser_of: Browser) -> None:
    root = page_of(browser_of(), "q=wells&kind=conversation&state=open")
    assert set(titles(root)) == {"Where are the wells?", "Who pays for wells?"}
    assert numbers(root)["Kind"] == {"Conversation": 2, "Statement": 2}, (
        "its own choice does not narrow a facet"
    )
    assert numbers(root)["State"] == {"Open now": 2, "Over": 1}
    back = [one.attributes["href"] for one in root.all("a") if one.text() == "All" and one.inside("dl")]
    assert sorted(back) == ["?q=wells&kind=conversation", "?q=wells&state=open"]


def test_a_country_holds_its_towns(wells: list[Conversation], togo: Territory, browser_of: Browser) -> None:
    talk("Wells of the whole country?", togo)
    assert numbers(page_of(browser_of(), "q=wells"))["Place"] == {"Togo": 5, "Lomé": 4, "Bilbao": 1}
    assert len(titles(page_of(browser_of(), "q=wells&place=TG"))) == 5


def test_words_are_marked_in_titles_and_around(lome: Territory, browser_of: Browser) -> None:
    plan = Plan(
        question=words("A plain title?"), background=words("Far away **there is** a lighthouse, and a keeper."), languages=["en"]
    )  # fmt: skip
    open_conversation(plan, territory=lome, by=SYSTEM)
    talk("The lighthouses?", lome)
    root = page_of(browser_of(), "q=LIGHTHOUSE")
    assert [one.text() for one in root.all("mark")] == ["lighthouses", "lighthouse"]
    assert "Far away there is a lighthouse, and a keeper." in root.text


@pytest.mark.parametrize(
    ("text", "starts", "expected"),
    [
        ("Los jóvenes", ["joven"], [("Los ", False), ("jóvenes", True)]),
        ("<b>agua</b>", ["agua"], [("<b>", False), ("agua", True), ("</b>", False)]),
        ("agua", [], [("agua", False)]),
        ("", ["agua"], []),
        ("aguacate y agua", ["", "agua"], [("aguacate", True), (" y ", False), ("agua", True)]),
    ],
)
def test_marking(text: str, starts: list[str], expected: list[tuple[str, bool]]) -> None:
    assert [(piece.text, piece.is_hit) for piece in mark(text, starts)] == expected


def test_an_excerpt_is_cut_between_words() -> None:
    text = "far " * 60 + "the needle " + "hay " * 60
    pieces = excerpt(text, ["needle"])
    said = "".join(piece.text for piece in pieces)
    assert said.startswith("… far ")
    assert said.endswith("hay …")
    assert len(said) < 260
    assert [piece.text for piece in pieces if piece.is_hit] == ["needle"]
    assert excerpt(text, ["nowhere"]) == []
    assert excerpt("x" * 5_000 + " needle", ["needle"])


def test_cognates_are_offered_and_found(lome: Territory, browser_of: Browser) -> None:
    french = talk(write_original("Une coopérative de quartier ?", "fr"), lome)
    assert found(None, "cooperativas").ids == []
    assert list(found(None, "cooperativas", rule_of=wide_rule).items) == [french.item]
    root = page_of(browser_of(), "q=cooperativas", "es")
    (link,) = [one for one in root.all("a") if "wide=1" in one.attributes.get("href", "")]
    assert "1" in link.text()
    wide = page_of(browser_of(), urlsplit(link.attributes["href"]).query, "es")
    assert titles(wide) == ["Une coopérative de quartier ?"]
    assert [one.text() for one in wide.all("mark")] == ["coopérative"]
    assert not Gap.objects.filter(words="cooperativas", askers__gt=1).exists()


def test_orders(wells: list[Conversation], browser_of: Browser) -> None:
    first, second, _ended = wells
    now = timezone.now()
    Item.objects.filter(pk=first.pk).update(published_at=now - 9 * DAY, closes_at=now + DAY)
    Item.objects.filter(pk=second.pk).update(published_at=now - DAY, closes_at=now + 9 * DAY)
    newest = titles(page_of(browser_of(), "q=wells&order=newest&kind=conversation"))
    assert newest[-2:] == ["Who pays for wells?", "Where are the wells?"]
    closing = titles(page_of(browser_of(), "q=wells&order=closing"))
    assert closing == ["Where are the wells?", "Who pays for wells?"]
    assert "Why this order" in page_of(browser_of(), "q=wells").text
    assert "Why this order" not in page_of(browser_of(), "q=wells&order=newest").text


def test_the_order_is_the_recipes(wells: list[Conversation], lome: Territory) -> None:
    def order() -> list[str]:
        cache.clear()
        return [item.kind for item in ordered(found(None, "wells").items, search_order("best"))]

    assert order()[0] == "conversation"
    weights = {"fit": 0.0, "whole": 0.0, "open": 0.0, "fresh": 5.0}
    version = propose_version("search-order", weights=weights, reason=words("Try."), by=SYSTEM)
    activate_version(version, decided_by="A vote", by=SYSTEM)
    Item.objects.filter(part_of=None).update(published_at=timezone.now() - 30 * DAY)
    assert order()[0] == "statement"


def test_places_and_organisations_by_their_names(
    lome: Territory, bilbao: Territory, browser_of: Browser
) -> None:
    assert [place.code for place in places_named("LOME", 5)] == ["TG-M-lome"]
    assert [place.code for place in places_named("omé", 5)] == [], "from the beginning of a word"
    assert places_named("  %  ", 5) == []
    root = page_of(browser_of(), "q=lome")
    assert "/en/places/TG-M-lome/" in [one.attributes.get("href") for one in root.all("a")]


def test_nothing_unseen_is_found_or_counted(
    wells: list[Conversation], lome: Territory, alice: Person, browser_of: Browser
) -> None:
    whole = wells[0].item
    plan = Plan(question=words("A hidden draft on wells"), background={}, languages=["en"])
    open_conversation(plan, territory=lome, seeds=[words("Wells in a draft.")], is_draft=True, by=alice)
    for person in (None, alice):
        assert "A hidden draft on wells" not in titles(page_of(browser_of(person), "q=wells"))
        assert (
            sum(cell.number for cell in counted(weighed(found(person, "wells").items, search_order("best"))))
            == 5
        )
    Item.objects.filter(pk=whole.pk).update(hidden_by="people.person:1", hidden_reason="spam")
    for person in (None, alice):
        assert not set(found(person, "wells").ids) & {
            whole.pk,
            *whole.parts.values_list("pk", flat=True),
        }


def test_cells_say_the_moment_of_a_parts_whole(wells: list[Conversation]) -> None:
    Item.objects.filter(pk=wells[0].pk).update(closes_at=timezone.now() - DAY)
    cells = {
        (cell.kind, cell.moment): cell.number
        for cell in counted(weighed(found(None, "lid").items, search_order("best")))
    }
    assert cells == {("statement", "over"): 1}
    Item.objects.filter(pk=wells[0].pk).update(opens_at=timezone.now() + DAY, closes_at=None)
    assert {cell.moment for cell in counted(weighed(found(None, "lid").items, search_order("best")))} == {
        "later"
    }
    assert isinstance(counted(weighed(found(None, "lid").items, search_order("best")))[0], Cell)


def test_pages_of_hits(lome: Territory, browser_of: Browser) -> None:
    talk("Many?", lome, *(f"Lantern number {number}." for number in range(45)))
    seen: list[str] = []
    query = "q=lantern"
    for _page in range(3):
        root = page_of(browser_of(), query)
        seen += titles(root)
        following = [one.attributes["href"] for one in root.all("a") if one.attributes.get("rel") == "next"]
        query = following[0].lstrip("?") if following else ""
    assert len(seen) == len(set(seen)) == 45
    assert not query
    assert titles(page_of(browser_of(), "q=lantern&page=999999")) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "nonsense", "door": "x", "state": "?", "order": "id", "page": "-1", "language": "a b"}, Asked()),
        ({"page": "0"}, Asked()), ({"page": "٣"}, Asked()), ({"page": "99999999"}, Asked(page=10)),
        ({"q": "  a   b  "}, Asked(words="a b")), ({"q": "x" * 900}, Asked(words="x" * 200)),
        ({"kind": "statement", "door": "ideas", "state": "over", "order": "newest", "wide": "1"},
         Asked(kind="statement", door="ideas", state="over", order="newest", is_wide=True)),
        ({"place": "XX-none"}, Asked()), ({"place": "x" * 900}, Asked()), ({"language": "nah"}, Asked(language="nah")),
    ],
)  # fmt: skip
def test_odd_wishes_become_the_default(query: dict[str, str], expected: Asked, db: None) -> None:
    assert read_asked(query) == expected


@pytest.mark.parametrize("person", ["visitor", "guest", "alice"])
@pytest.mark.parametrize(
    "query", ["q=wells&place=TG&kind=statement", "q=wells", "q=nothingofthekind&place=TG"]
)
def test_few_queries(
    person: str, query: str, wells: list[Conversation], alice: Person, guest: Person, browser_of: Browser
) -> None:
    browser = browser_of({"visitor": None, "guest": guest, "alice": alice}[person])
    browser.get("/en/search/?q=else")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(f"/en/search/?{query}").status_code == 200
    assert len(queries) <= 12, [one["sql"][:90] for one in queries]


def test_the_number_of_hits_changes_no_number_of_queries(lome: Territory, browser_of: Browser) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            talk(f"Rafts {number} {n}?", lome)
        browser = browser_of()
        browser.get("/en/search/?q=warm")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/en/search/?q=rafts&n={number}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


@pytest.mark.parametrize(
    "path",
    [
        "/en/search/?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/en/on-my-mind/?q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
    ],
)
def test_hostile_words_stay_words(path: str, browser_of: Browser, db: None) -> None:
    html = browser_of().get(path).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
