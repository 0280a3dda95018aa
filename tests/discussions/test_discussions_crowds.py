"""Five hundred comments: few questions to the database, light pages, orders that lead through all of them."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms import open_browser
from markup import read_page
from tequio.base.multilingual import write_original
from tequio.discussions.models import Comment, CommentNumbers, Useful
from tequio.discussions.services.tallying import tally
from tequio.guards.middleware import STORE
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.transparency.selectors.previews import preview, with_numbers
from words_on_pages import body, said

pytestmark = pytest.mark.django_db
FIRST_ANSWER = 14_000


def crowd(item, number: int, *, length: int = 300) -> None:
    """So many comments with answers and marks, of realistic length, over thirty days."""
    now = timezone.now()
    people = [Person(language="en", name=f"Person {place}") for place in range(20)]
    for person in people:
        person.set_unusable_password()
        person.save()
    text = (
        "The bus that should come at seven comes at half past, and nobody tells us why it is late again. "
        * 30
    )
    rows = Comment.objects.bulk_create(
        Comment(
            item=item, author=people[place % 20], signed=people[place % 20].name, number=place + 1,
            words=write_original(f"Point {place}. " + text[place % 90 :][: length + place % 200], "en"),
            made_at=now - timedelta(minutes=place * 80 + 5), side=("for" if place % 2 else "against") if item.comments == "two" else "",
        )
        for place in range(number)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(
            item=item, reply_to=rows[place % max(1, number // 3)], author=people[place % 7], number=number + place + 1,
            words=write_original(f"Answer {place}. " + text[:200], "en"), made_at=now - timedelta(minutes=place),
        )
        for place in range(number // 2)
    )  # fmt: skip
    Useful.objects.bulk_create(
        Useful(comment=row, person=person) for place, row in enumerate(rows) for person in people[: place % 9]
    )
    tally(item.pk)


def questions(path: str, person: Person | None = None) -> int:
    browser = open_browser(person)
    browser.get(path)
    STORE.clear()
    STORE.current_version()
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_one_three_and_five_hundred_ask_the_same(plan):
    """Literal numbers: a visitor's page of the discussion, of the item, of one comment."""
    for number in (1, 3, 500):
        Comment.objects.all().delete()
        crowd(plan, number)
        comment = Comment.objects.filter(reply_to=None).order_by("pk")[0]
        assert questions(f"/en/discussions/{plan.pk}/") == 3, number
        assert questions(f"/en/conversations/{plan.pk}/") == (5 if number < 40 else 6), number
        assert questions(f"/en/comments/{comment.pk}/") <= 5, number
        assert questions(f"/en/discussions/{plan.pk}/?order=newest") == 5, number


def test_five_hundred_are_light(plan, alice, member):
    crowd(plan, 500)
    for who in (None, member):
        for path in (f"/en/discussions/{plan.pk}/", f"/en/conversations/{plan.pk}/"):
            weight = len(gzip.compress(open_browser(who).get(path).content, 6))
            assert weight <= FIRST_ANSWER, f"{path} {weight}"
            assert questions(path, who) <= 12


def walk(item, order: str, side: str = "") -> list[str]:
    """The first words of every comment, page after page."""
    path, found = f"/en/discussions/{item.pk}/?order={order}&side={side}", []
    for _ in range(80):
        root, _mistakes = read_page(body(path))
        found += [
            one.text().split(". ")[0] for one in root.all("div")
            if one.attributes.get("class") == "prose" and one.text().startswith("Point")
        ]  # fmt: skip
        more = [
            a.attributes["href"]
            for a in root.all("a")
            if re.match(r"/en/discussions/.*after=", a.attributes.get("href", ""))
        ]
        if not more:
            return found
        path = more[0]
    raise AssertionError("it never ends")


def test_every_order_leads_through_all_of_them_once(plan):
    crowd(plan, 61)
    all_of_them = {f"Point {number}" for number in range(1, 61, 2)}
    orders = {}
    for order in ("mixed", "newest", "oldest"):
        orders[order] = walk(plan, order, "for")
        assert len(orders[order]) == len(set(orders[order]))
        assert set(orders[order]) == all_of_them
    newest = sorted(all_of_them, key=lambda words: int(words.split()[1]))
    assert orders["newest"] == newest
    assert orders["oldest"] == newest[::-1]
    assert orders["mixed"] != newest


def test_a_walk_goes_on_where_somebody_went_away(item, member):
    crowd(item, 31)  # whoever goes, the middle one has three marks, so the lots fall on the same ones
    first = body(f"/en/discussions/{item.pk}/")
    after = re.search(r"after=([0-9.]+)", first)[1]
    last = int(after.split(".")[2])
    seen = set(said(first))
    Comment.objects.filter(pk=last).update(hidden_by="decision:1")
    CommentNumbers.objects.filter(pk=last).update(replies=0)
    second = said(body(f"/en/discussions/{item.pk}/", after=after))
    assert second
    assert not set(second) & seen


@pytest.mark.parametrize(
    "after", ["x", "1.2.3", "99999999999999.1.1", "1e9.1.1", "-1.0.0", "١.٢.٣", "1" * 400]
)
def test_odd_cursors_begin_at_the_beginning(item, after):
    crowd(item, 12)
    for order in ("mixed", "newest", "oldest", "sideways"):
        assert said(body(f"/en/discussions/{item.pk}/", order=order, after=after, side="behind"))


def test_why_it_stands_there(item, say, alice):
    crowd(item, 9)
    comment = Comment.objects.filter(reply_to=None).order_by("pk")[0]
    source = body(f"/en/comments/{comment.pk}/")
    place = int(re.search(r"place (\d+) of 9", source)[1])
    order = said(body(f"/en/discussions/{item.pk}/"))
    words = comment.words["en"]["text"][:12]
    tops = [one for one in order if one.startswith("Point")]
    assert tops[place - 1].startswith(words)
    assert "Others found it useful" in source
    assert "/recipes/comment-order/" in source or "comment-order" in source


def test_other_numbers_are_tried_on_the_busiest_discussion(item, alice, make_member, lome):
    crowd(item, 12)
    steward = make_member("Adjoa", "steward", lome)
    in_use = active("comment-order", lome.pk)
    same = preview(steward, in_use, in_use, lome)
    assert (len(same.before), same.moved) == (10, 0)
    only_marks = with_numbers(in_use, {"recent": 0.0, "replies": 0.0, "useful": 1.0}, in_use.parameters)
    tried = preview(steward, in_use, only_marks, lome)
    assert tried.moved > 0
    assert all("/comments/" in place.path for place in tried.after)
    Comment.objects.all().delete()
    tally(item.pk)
    assert preview(steward, in_use, in_use, lome).is_empty
