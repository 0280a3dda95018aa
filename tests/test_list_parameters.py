"""Odd parameters of lists: never an error of ours, never more rows than a page has (T26)."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from addresses import names, path_of, views
from forms import let_go, open_browser
from house import House, build_house
from markup import read_page
from people import words
from tequio.ideas.deliberation.permissions import visible_to
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from turns import part

pytestmark = pytest.mark.django_db
MOST_ROWS = 110

NAMES = ("page", "before", "after", "shown", "limit", "offset", "order", "order_by", "sort", "state", "place",
         "language", "kind", "map", "q", "door", "item__author__email__startswith", "pk", "id", "format")  # fmt: skip
VALUES = ("1000000000", "-1", "0", "1e9", "99999999999999999999999", "NaN", "null", "", "a", "١٢٣", "1;drop table x",
          "1' OR '1'='1", "(select 1)", "-id", "?", "author__password", "../../etc", "2026-13-45T99:99", "1.5",
          "2026-01-01T00:00:00+00:00_1", "eyJhIjoxfQ==", "%", "\\", "é" * 500, "x" * 3_000)  # fmt: skip


def reading() -> list[str]:
    public = [name for name, view in views().items() if not getattr(view, "login_required", True)]
    return sorted(name for name in public if name in names())


@pytest.mark.parametrize("name", part(reading(), 3))
def test_odd_values(name: str, house: House):
    """All parameters at once for each value; one by one in the long run."""
    client = open_browser()
    for value in VALUES:
        answer = client.get(path_of(name, house), dict.fromkeys(NAMES, value))
        let_go(answer)
        assert answer.status_code < 500, value[:40]


@pytest.mark.full
@pytest.mark.parametrize("name", reading())
def test_odd_values_one_by_one(name: str, house: House):
    client = open_browser()
    for parameter, value in itertools.product(NAMES, VALUES):
        answer = client.get(path_of(name, house), {parameter: value})
        let_go(answer)
        assert answer.status_code < 500, f"{parameter}={value[:40]}"


def test_parameters_given_many_times(house: House):
    client = open_browser()
    for name in (
        "deliberation:list",
        "search:search",
        "home:home",
        "home:door",
        "deliberation:statement_list",
    ):
        answer = client.get(path_of(name, house) + "?" + "&".join(["after=1", "q=a", "place=TG"] * 60))
        assert answer.status_code < 500


@pytest.fixture
def crowded(db: None) -> House:
    """More conversations and statements than a page holds."""
    house = build_house("crowd")
    author = house.person("author")
    assert author
    seeds = [words(f"Thought number {number} on the river.") for number in range(150)]
    plan = Plan(question=words("What of the river?"), background=words(""), languages=["en"])
    house.conversation = open_conversation(plan, territory=house.place, seeds=seeds, by=author)
    for number in range(70):
        plan = Plan(
            question=words(f"Question {number} about the river?"), background=words(""), languages=["en"]
        )
        open_conversation(plan, territory=house.place, by=author)
    return house


WANTED = ("q", "place", "state", "before", "after", "map", "original", "next")


@pytest.mark.parametrize("parameter", WANTED)
def test_odd_values_of_the_parameters_we_read(parameter: str, house: House):
    client = open_browser()
    for name in (
        *LISTS,
        "search:search",
        "deliberation:results",
        "deliberation:results_json",
        "door:sign_in",
    ):
        for value in VALUES[len(parameter) % 2 :: 2]:
            assert client.get(path_of(name, house), {parameter: value}).status_code < 500, (
                f"{name} {value[:40]}"
            )


LISTS = (
    "deliberation:list",
    "deliberation:statement_list",
    "home:home",
    "home:door",
    "home:territory_detail",
)


@pytest.mark.parametrize("name", LISTS)
def test_never_more_rows_than_a_page_has(name: str, crowded: House):
    client = open_browser()
    for query in ("", "?limit=1000000", "?page=1000000000", "?page_size=100000", "?per_page=all", "?q=river"):
        page = client.get(path_of(name, crowded) + query)
        assert page.status_code == 200
        root, _mistakes = read_page(page.content.decode())
        main = root.all("main")[0]
        assert len(main.all("li")) <= MOST_ROWS, query


def test_search_is_bounded(crowded: House):
    page = open_browser().get(path_of("search:search", crowded) + "?q=river")
    root, _mistakes = read_page(page.content.decode())
    assert 1 <= len(root.all("main")[0].all("li")) <= MOST_ROWS


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_takes_no_more_queries(name: str, crowded: House):
    client = open_browser()
    client.get(path_of(name, crowded))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path_of(name, crowded) + "?n=1").status_code == 200
    assert len(queries) <= 12


def test_a_list_can_be_walked_to_its_end(crowded: House):
    """Older and newer lead through every row once."""
    client = open_browser()
    path = path_of("deliberation:list", crowded) + "?state=all"
    seen: list[str] = []
    for _ in range(30):
        root, _mistakes = read_page(client.get(path).content.decode())
        links = root.all("main")[0].all("a")
        rows = [
            one.attributes["href"] for one in links if "/conversations/" in one.attributes.get("href", "")
        ]
        seen += [href for href in rows if href.rstrip("/").rsplit("/", 1)[-1].isdigit()]
        older = [one.attributes["href"] for one in links if "before=" in one.attributes.get("href", "")]
        if not older:
            break
        path = path_of("deliberation:list", crowded) + older[0][older[0].index("?") :]
    own = list(dict.fromkeys(seen))
    assert len(own) == visible_to(None).filter(item__state="published").count() > 60
    assert len(seen) == len(own)
