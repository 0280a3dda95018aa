"""Lists of ideas and problems: the order in the database is the pure one, pages by key, filters, few queries."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import open_browser
from house import House
from people import words
from tequio.algorithms.idea_order import arrange
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, ItemCount, Link
from tequio.catalogue.selectors.keyset import Key, read_float, read_moment, read_number, slice_of
from tequio.catalogue.services import make_item, make_items
from tequio.ideas.answers.models import Answer
from tequio.ideas.processes.models import Entry
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.selectors.listing import first_of_turn, list_of, read_wish, wished
from tequio.ideas.proposals.selectors.ordering import as_idea, numbers_of, read_turn, rotated, turn_now
from tequio.recipes.types.use import default_of
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
RECIPE = default_of("idea-order")


@pytest.fixture(autouse=True)
def one_idea(house: House) -> None:
    """One idea of the house stands in the lists, and nobody has answered it."""
    Item.objects.filter(pk=house.notes["pier"]).delete()
    Link.objects.filter(source=house.idea.item).delete()
    Answer.objects.filter(item=house.idea.item).delete()


def many(place: Territory, number: int, **values: object) -> list[Idea]:
    """Ideas one an hour, the first the oldest."""
    now = timezone.now()
    rows = [
        {
            "title": words(f"Idea {one} for the river"), "territory": place, "languages": ["en"], "state": "published",
            "published_at": now - timedelta(hours=number - one), "made_at": now, **values,
        }
        for one in range(number)
    ]  # fmt: skip
    items = make_items("idea", rows)
    for one, item in enumerate(items):
        ItemCount.objects.filter(pk=item.pk).update(supports=(one * 7) % 50)
    return Idea.objects.bulk_create([Idea(item=item) for item in items])


def paths(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<h3 class="t"><a href="/en/(?:ideas|problems)/(\d+)/"', page)]


def through(client, path: str) -> list[int]:
    """All numbers of a list, page by page as the links lead on."""
    found: list[int] = []
    for _page in range(20):
        page = client.get(path).content.decode()
        found += paths(page)
        onward = re.search(r'rel="next" href="\?([^"]+)"', page)
        if onward is None:
            return found
        path = path.partition("?")[0] + "?" + onward[1].replace("&amp;", "&")
    raise AssertionError("the list does not end")


def test_the_database_orders_as_the_pure_rule_does(house: House):
    many(house.place, 60)
    nine = [idea.pk for idea in Idea.objects.order_by("pk")[:9]]
    Item.objects.filter(pk__in=nine).update(closes_at=timezone.now() + timedelta(days=2))
    for turn in (turn_now(), turn_now() - 1, 495_000):
        items = list(rotated(wished(None, read_wish("idea", {}, None)), RECIPE, turn, "count__supports"))
        pure = arrange(
            [as_idea(item, turn, item.count.supports) for item in items], numbers_of(RECIPE), rotation=turn
        )
        assert [one.id for one in pure] == [item.pk for item in items]
        assert [one.key for one in pure] == pytest.approx([item.turn_key for item in items])


def test_every_idea_once_through_the_pages_of_each_order(house: House):
    made = {idea.pk for idea in many(house.place, 50)}
    client = open_browser()
    for order in ("", "newest", "most"):
        found = through(client, f"/en/ideas/?place={house.place.code}&order={order}")
        assert len(found) == len(set(found)), order
        expected = made | {house.idea.pk}
        if order == "most":
            expected = set(
                ItemCount.objects.filter(pk__in=expected, supports__gt=0).values_list("pk", flat=True)
            )
        assert set(found) == expected, order


def test_back_leads_to_the_same_page(house: House):
    many(house.place, 50)
    client = open_browser()
    for order in ("", "newest", "most"):
        first = client.get(f"/en/ideas/?place={house.place.code}&order={order}").content.decode()
        onward = re.search(r'rel="next" href="\?([^"]+)"', first)
        assert onward
        second = client.get("/en/ideas/?" + onward[1].replace("&amp;", "&")).content.decode()
        back = re.search(r'rel="prev" href="\?([^"]+)"', second)
        assert back
        again = client.get("/en/ideas/?" + back[1].replace("&amp;", "&")).content.decode()
        assert paths(again) == paths(first)


def test_pages_of_a_turn_go_on_in_that_turn(house: House, monkeypatch):
    many(house.place, 45)
    place = {"place": house.place.code}
    first = list_of(None, read_wish("idea", place, None))
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    asked = dict(one.split("=") for one in first.older.split("&"))
    second = list_of(None, read_wish("idea", {**asked, "before": asked["before"].replace("%2B", "+")}, None))
    assert second.wish.turn == first.wish.turn
    assert not {row.item.pk for row in first.rows} & {row.item.pk for row in second.rows}
    assert list_of(None, read_wish("idea", place, None)).wish.turn == first.wish.turn + 2


def test_an_odd_turn_is_that_of_now():
    now = turn_now()
    for text in ("", "x", "-1", "9" * 12, str(now + 1), str(now - 25), "١"):
        assert read_turn(text) == now
    assert read_turn(str(now - 24)) == now - 24


def test_each_row_says_why_it_stands_there(house: House):
    page = open_browser().get(f"/en/ideas/?place={house.place.code}").content.decode()
    assert "Why here:" in page
    assert "Each one has a share 1.00" in page
    assert "/en/how/idea-order/" in page
    (row,) = first_of_turn(None, "idea", house.place, 5)
    assert row.why.score == pytest.approx(3.0, abs=0.01)
    assert "Why here:" not in open_browser().get("/en/ideas/?order=newest").content.decode()


class TestFilters:
    def test_standing(self, house: House):
        idea, other = house.idea, many(house.place, 1)[0]
        Answer.objects.create(item=idea.item, decision="accepted", reasons=words("Yes."))
        result = make_item(
            kind="result",
            by=house.person("author"),
            title=words("Done"),
            territory=house.place,
            state="published",
        )
        Link.objects.create(source=idea.item, target=result, kind=LinkKind.GREW_INTO)
        client = open_browser()
        for standing, found in (("open", [other.pk]), ("answered", [idea.pk]), ("result", [idea.pk])):
            path = f"/en/ideas/?place={house.place.code}&standing={standing}"
            assert paths(client.get(path).content.decode()) == found

    def test_process_cost_language_and_words(self, house: House):
        other = many(house.place, 1)[0]
        Entry.objects.create(item=other.item, process=house.process)
        client = open_browser()
        for query, found in (
            (f"process={house.process.pk}", [other.pk]), ("cost=with", [house.idea.pk]), ("cost=without", [other.pk]),
            ("language=fr", []), ("q=river", [other.pk]), ("q=%3F", []), ("q=boat&order=newest", [house.idea.pk]),
        ):  # fmt: skip
            page = client.get(f"/en/ideas/?place={house.place.code}&{query}").content.decode()
            assert paths(page) == found, query
        assert "No idea is like that." in client.get("/en/ideas/?q=zzzz").content.decode()

    def test_closing_with_its_process(self, house: House):
        idea = many(house.place, 1)[0]
        Entry.objects.create(item=idea.item, process=house.process)
        Item.objects.filter(pk=house.process.pk).update(closes_at=timezone.now() + timedelta(days=3))
        Item.objects.filter(pk=house.idea.pk).update(closes_at=timezone.now() + timedelta(days=1))
        page = open_browser().get("/en/ideas/?order=closing").content.decode()
        assert paths(page)[:2] == [house.idea.pk, idea.pk]

    def test_joined_ideas_are_not_listed(self, house: House):
        other = many(house.place, 1)[0]
        Idea.objects.filter(pk=other.pk).update(merged_into=house.idea)
        assert other.pk not in paths(open_browser().get("/en/ideas/").content.decode())


class TestNear:
    def test_by_distance_with_pages(self, house: House):
        ideas = many(house.place, 30)
        for number, idea in enumerate(ideas):
            Item.objects.filter(pk=idea.pk).update(latitude=6.1 + number * 0.01, longitude=1.2)
        client = open_browser()
        found = through(client, "/en/ideas/?order=near&at=6.1,1.2")
        assert found == [idea.pk for idea in ideas]
        page = client.get("/en/ideas/?order=near&at=geo:6.1,1.2").content.decode()
        assert "0.0 km away" in page
        assert "1.1 km away" in page
        onward = re.search(r'rel="next" href="\?([^"]+)"', page)
        assert onward
        second = client.get("/en/ideas/?" + onward[1].replace("&amp;", "&")).content.decode()
        back = re.search(r'rel="prev" href="\?([^"]+)"', second)
        assert back
        assert paths(client.get("/en/ideas/?" + back[1].replace("&amp;", "&")).content.decode()) == paths(
            page
        )

    def test_near_the_place_or_my_home(self, house: House):
        client = open_browser()
        assert "We do not know where you are" in client.get("/en/problems/?order=near").content.decode()
        Territory.objects.filter(pk=house.place.pk).update(latitude=6.13, longitude=1.22)
        page = client.get(f"/en/problems/?order=near&place={house.place.code}").content.decode()
        assert paths(page) == [house.notes["problem"].pk]
        member = house.person("member")
        member.home = house.place
        member.save()
        page = open_browser(member).get("/en/problems/?order=near").content.decode()
        assert "km away" in page


def test_problems_have_the_same_orders(house: House):
    client = open_browser()
    for order in ("", "newest", "most"):
        path = f"/en/problems/?place={house.place.code}&order={order}"
        page = client.get(path).content.decode()
        assert paths(page) == [house.notes["problem"].pk]
        assert "1 person has it too" in page
    assert house.secret not in client.get("/en/problems/").content.decode()
    assert "You can be the first." in client.get("/en/problems/?place=QC-lome").content.decode()


@pytest.mark.parametrize("number", [1, 3, 40])
def test_a_literal_number_of_queries(house: House, number: int):
    many(house.place, number)
    for query, most in (("", 8), ("&order=newest", 8), ("&order=most", 8), ("&q=river", 8)):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            open_browser().get(f"/en/ideas/?place={house.place.code}{query}")
        asked = [one for one in queries if "guards_pageversion" not in one["sql"]]  # kept for two seconds
        assert len(asked) == most, [one["sql"][:80] for one in queries]


class TestKeys:
    def test_odd_cursors_begin_at_the_beginning(self, house: House):
        many(house.place, 3)
        items = Item.objects.filter(kind="idea", state="published", territory=house.place)
        key = Key("published_at", read_moment)
        whole = slice_of(items, key, before="", after="", size=9).items
        for odd in (
            "x",
            "_",
            "1_",
            "2026-01-01_5",
            "2026-01-01T00:00:00+00:00_-1",
            f"{'9' * 30}_1",
            "é_1",
            "_5",
            "x_0",
        ):
            assert slice_of(items, key, before=odd, after=odd, size=9).items == whole

    def test_values_of_addresses(self):
        assert read_moment("2026-01-01T00:00:00+00:00") == datetime(2026, 1, 1, tzinfo=UTC)
        assert (read_number("5"), read_float("0.5")) == (5, 0.5)
        for read, text in (
            (read_moment, "2026-01-01"),
            (read_number, "-1"),
            (read_number, "9" * 30),
            (read_float, "nan"),
        ):
            with pytest.raises(ValueError, match=r"."):
                read(text)
