"""The thread: several hops, what may be seen alone, bounds, two queries, a picture that the list repeats."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from markup import read_page
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item, Link
from tequio.catalogue.selectors.thread import A_LEVEL, DEPTH, thread_of
from tequio.catalogue.services import link_items

pytestmark = pytest.mark.django_db


def titles(thread):
    return [] if thread is None else [(knot.words.text, knot.depth) for knot in thread.knots]


def test_a_thing_that_leads_nowhere_has_no_thread(make_thing, conversation):
    assert thread_of(None, make_thing("Alone")) is None
    assert thread_of(None, conversation.item) is None
    seed = conversation.statements.select_related("item").first().item
    assert thread_of(None, seed) is None, "that it is said in a conversation is no journey yet"


def test_several_hops_back_and_forward(make_thing, tie):
    one, two, three, four = (make_thing(name) for name in ("one", "two", "three", "four"))
    tie(one, two, three, four)
    assert titles(thread_of(None, two)) == [("one", -1), ("two", 0), ("three", 1), ("four", 2)]
    assert titles(thread_of(None, four)) == [("one", -3), ("two", -2), ("three", -1), ("four", 0)]
    assert (thread_of(None, two).before, thread_of(None, two).after) == (1, 2)


@pytest.mark.parametrize("kind", ["answers", "discusses", "documents", "adapted_from", "asked_in"])
def test_all_other_links_are_made_by_the_later_thing(make_thing, kind):
    earlier, later = make_thing("earlier"), make_thing("later")
    link_items(later, earlier, kind, by=SYSTEM)
    assert titles(thread_of(None, later)) == [("earlier", -1), ("later", 0)]
    assert titles(thread_of(None, earlier)) == [("earlier", 0), ("later", 1)]
    assert [one.of for one in thread_of(None, later).knots[1].relations] == [None]


def test_a_part_stands_on_the_thread_where_something_came_of_it(make_thing, conversation):
    seed = conversation.statements.select_related("item").get(number=0).item
    plan = make_thing("plan")
    link_items(seed, plan, "grew_into", by=SYSTEM)
    said = seed.title["en"]["text"]
    question = conversation.item.title["en"]["text"]
    assert titles(thread_of(None, plan)) == [(question, -2), (said, -1), ("plan", 0)]
    assert titles(thread_of(None, conversation.item)) == [(question, 0), (said, 1), ("plan", 2)]
    assert [[one.words for one in knot.relations] for knot in thread_of(None, plan).knots] == [
        [], ["was said there"], ["grew out of it"],
    ]  # fmt: skip


HIDING = [{"state": "draft"}, {"state": "withdrawn"}, {"state": "held"}, {"hidden_by": "decision:3"}]


@pytest.mark.parametrize("hiding", HIDING, ids=lambda one: next(iter(one.values())))
def test_what_is_not_seen_is_neither_passed_through_nor_counted(
    make_thing, tie, member, charlie, guest, browser_of, hiding
):
    """T18: one, (secret), three. From either end the other end does not exist."""
    one, secret, three, four = (make_thing(name) for name in ("one", "unseen-secret", "three", "four"))
    tie(one, secret, three, four)
    Item.objects.filter(pk=secret.pk).update(**hiding)
    for person in (None, guest, member, charlie):
        assert thread_of(person, one) is None
        assert titles(thread_of(person, three)) == [("three", 0), ("four", 1)]
        assert thread_of(person, three).more == 0
        assert thread_of(person, three).picture.width == thread_of(person, four).picture.width
        for path in (one.path, three.path):
            page = browser_of(person).get(path).content.decode()
            assert "unseen-secret" not in page
            assert secret.path not in page


def test_a_thing_that_waits_leaves_the_page_as_if_it_were_not_there(make_thing, tie, browser_of):
    one, two, secret = (make_thing(name) for name in ("one", "two", "secret"))
    tie(one, two)
    before = browser_of(None).get(two.path).content
    Item.objects.filter(pk=secret.pk).update(state="draft")
    tie(two, secret)
    assert browser_of(None).get(two.path).content == before


def test_who_looks_after_a_draft_sees_it_marked(make_thing, tie, alice, mora, charlie):
    one, draft = make_thing("one"), make_thing("draft", state="draft", author=alice)
    tie(one, draft)
    for person in (alice, mora):
        assert [(knot.words.text, knot.state) for knot in thread_of(person, one).knots] == [
            ("one", ""), ("draft", "Draft"),
        ]  # fmt: skip
    assert thread_of(charlie, one) is None


def test_circles_end_and_nothing_stands_twice(make_thing, tie):
    one, two, three = (make_thing(name) for name in ("one", "two", "three"))
    tie(one, two, three, one)
    found = titles(thread_of(None, one))
    assert sorted(name for name, _depth in found) == ["one", "three", "two"]


def test_depth_and_breadth_are_bounded_and_say_how_much_is_missing(make_thing, tie):
    chain = [make_thing(f"hop {number}") for number in range(DEPTH + 3)]
    tie(*chain)
    assert len(thread_of(None, chain[0]).knots) == DEPTH + 1
    root = make_thing("root")
    for number in range(A_LEVEL + 4):
        tie(root, make_thing(f"child {number}"))
    wide = thread_of(None, root)
    assert (wide.after, wide.more) == (A_LEVEL, 4)


@pytest.mark.parametrize("number", [1, 3, 200])
def test_two_queries_however_much_there_is(make_thing, tie, number):
    root = make_thing("root")
    things = [make_thing("thing")]
    if number > 1:
        rows = [Item(**{**vars_of(things[0]), "title": things[0].title}) for _n in range(number - 1)]
        things += Item.objects.bulk_create(rows)
    Link.objects.bulk_create([Link(source=root, target=one, kind="grew_into") for one in things])
    assert root.territory.code
    with CaptureQueriesContext(connection) as queries:
        thread = thread_of(None, root)
        assert thread is not None
        assert [knot.path for knot in thread.knots]
    assert len(queries) == 2
    assert thread.after == min(number, A_LEVEL)


def vars_of(item):
    names = ("kind", "territory_id", "state", "published_at", "languages")
    return {name: getattr(item, name) for name in names}


def test_nothing_to_show_takes_one_query(make_thing, django_assert_num_queries):
    alone = make_thing("Alone")
    with django_assert_num_queries(1):
        assert thread_of(None, alone) is None


def test_the_picture_has_a_name_and_the_list_says_the_same(make_thing, tie, browser_of):
    one, two, three = (make_thing(name) for name in ("First thing", "Second thing", "Third thing"))
    tie(one, two, three)
    root, _mistakes = read_page(browser_of(None).get(two.path).content.decode())
    (picture,) = [one for one in root.all("svg") if one.attributes.get("role") == "img"]
    assert picture.all("title")
    assert "1 thing came before. 1 thing came of it." in picture.text()
    assert len([path for path in picture.all("path") if "knot" in path.attributes.get("class", "")]) == 3
    assert len([path for path in picture.all("path") if path.attributes.get("class") == "strand"]) == 2
    (listed,) = [one for one in root.all("ol") if one.attributes.get("class") == "thread"]
    text = listed.text()
    assert text.index("First thing") < text.index("Second thing") < text.index("Third thing")
    assert "Process, you are here · grew out of it" in text
    here = [line for line in listed.all("li") if line.attributes.get("aria-current")]
    assert len(here) == 1


def test_branches_name_what_they_belong_to(make_thing, tie):
    root, left, right, leaf = (make_thing(name) for name in ("root", "left", "right", "leaf"))
    tie(root, left, leaf)
    tie(root, right)
    knots = {knot.words.text: knot for knot in thread_of(None, root).knots}
    assert [str(one.of) for one in knots["leaf"].relations] == ["left"], "the line above is another branch"
    assert [one.of for one in knots["left"].relations] == [None]


def test_what_came_of_two_things_names_both_and_where_they_are(make_thing, tie, bilbao):
    one, two, both = make_thing("one"), make_thing("two", territory=bilbao), make_thing("both")
    tie(one, both)
    link_items(both, two, "adapted_from", by=SYSTEM)
    *before, here = thread_of(None, both).knots
    assert sorted((knot.words.text, str(knot.place or "")) for knot in before) == [
        ("one", ""),
        ("two", "Bilbao"),
    ]
    assert sorted(relation.words for relation in here.relations) == ["adapted from it", "grew out of it"]
    assert sum(relation.of is None for relation in here.relations) == 1
