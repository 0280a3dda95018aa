"""Lists: what is in them, in which order, page by page, and how much they ask of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from people import words
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.catalogue import services
from tequio.catalogue.invariants import (
    every_item_can_be_found_and_counted,
    every_item_is_one_thing,
    every_part_lies_where_its_whole_lies,
    every_published_item_has_its_day,
)
from tequio.catalogue.models import Item, ItemCount, SearchText
from tequio.catalogue.selectors import count_of, listed, open_now, over, page_of, read_cursor
from tequio.ideas.deliberation.models import Conversation
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Make = Callable[..., Item]


def test_parts_are_not_listed(conversation: Conversation) -> None:
    assert [item.pk for item in listed(None)] == [conversation.pk]


def test_drafts_are_in_nobodys_list(conversation: Conversation, alice: Person) -> None:
    Item.objects.filter(pk=conversation.pk).update(state="draft")
    assert not listed(None).exists()
    assert not listed(alice).exists()


def test_a_place_holds_what_lies_below_it(
    conversation: Conversation, togo: Territory, bilbao: Territory
) -> None:
    assert listed(None, territory_id=togo.pk).count() == 1
    assert listed(None, territory_id=bilbao.pk).count() == 0


def test_kinds_are_kept_apart(conversation: Conversation, make_process: Make) -> None:
    process = make_process(words("A process"))
    assert [item.pk for item in listed(None, kind="process")] == [process.pk]
    assert listed(None, kinds=["process", "conversation"]).count() == 2
    assert listed(None, kinds=[]).count() == 0


def test_open_and_over_by_the_dates(make_process: Make) -> None:
    now = timezone.now()
    day = timedelta(days=1)
    endless = make_process(words("endless"))
    later = make_process(words("ends later"), closes_at=now + 3 * day)
    sooner = make_process(words("ends sooner"), closes_at=now + day)
    make_process(words("not yet"), opens_at=now + day, closes_at=now + 2 * day)
    ended = make_process(words("ended"), closes_at=now - day)
    assert list(open_now(listed(None))) == [sooner, later, endless]
    assert list(over(listed(None))) == [ended]


def test_pages_go_there_and_back(make_process: Make) -> None:
    items = [make_process(words(f"number {n}"), days=n) for n in range(7)]
    first = page_of(listed(None), size=3)
    assert first.items == items[:3]
    assert not first.newer
    second = page_of(listed(None), before=first.older, size=3)
    assert second.items == items[3:6]
    third = page_of(listed(None), before=second.older, size=3)
    assert third.items == items[6:]
    assert not third.older
    back = page_of(listed(None), after=third.newer, size=3)
    assert back.items == items[3:6]
    start = page_of(listed(None), after=back.newer, size=3)
    assert start.items == items[:3]
    assert not start.newer


def test_items_of_the_same_moment_are_not_lost_between_pages(make_process: Make) -> None:
    at = timezone.now() - timedelta(hours=1)
    made = [make_process(words(f"number {n}")).pk for n in range(5)]
    Item.objects.update(published_at=at)
    first = page_of(listed(None), size=2)
    second = page_of(listed(None), before=first.older, size=2)
    third = page_of(listed(None), before=second.older, size=2)
    assert [item.pk for page in (first, second, third) for item in page.items] == made[::-1]


@pytest.mark.parametrize(
    "text", ["", "_", "x", "2024-01-01_5", "2024-01-01T00:00:00+00:00_", "2024-01-01T00:00:00+00:00_-4", "2024-01-01T00:00:00+00:00_99999999999999999999", "_".join("ab" * 50)]
)  # fmt: skip
def test_a_cursor_that_is_none_is_the_beginning(text: str) -> None:
    assert read_cursor(text) is None


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_is_one_query(
    make_process: Make, django_assert_num_queries: Callable[..., object], number: int
) -> None:
    for n in range(number):
        make_process(words(f"number {n}"))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = page_of(listed(None))
        assert [(item.territory.code, item.count.people) for item in page.items] == [
            ("TG-M-lome", 0)
        ] * number


def test_counting_stops(make_process: Make) -> None:
    for n in range(4):
        make_process(words(f"number {n}"))
    assert (count_of(listed(None), most=3).number, count_of(listed(None), most=3).is_more) == (3, True)
    assert (count_of(listed(None), most=4).number, count_of(listed(None), most=4).is_more) == (4, False)


def test_publishing_keeps_the_first_day_and_a_record(make_process: Make) -> None:
    item = make_process(words("A thing"), days=3)
    first = item.published_at
    services.set_state(item, "withdrawn", by=SYSTEM)
    assert not listed(None).exists()
    services.set_state(item, "published", by=SYSTEM)
    item.refresh_from_db()
    assert (item.state, item.published_at) == ("published", first)
    acts = (
        Record.objects.filter(object=f"catalogue.item:{item.pk}").order_by("id").values_list("act", flat=True)
    )
    assert list(acts) == ["item.withdrawn", "item.publish"]


def test_the_books_of_the_catalogue(
    conversation: Conversation, make_process: Make, bilbao: Territory
) -> None:
    process = make_process(words("A process"))
    checks = (
        every_item_is_one_thing, every_published_item_has_its_day, every_part_lies_where_its_whole_lies,
        every_item_can_be_found_and_counted,
    )  # fmt: skip
    assert [words for check in checks for words in check()] == []
    statement = conversation.statements.order_by("number")[0]
    Item.objects.filter(pk=statement.pk).update(territory=bilbao)
    assert list(every_part_lies_where_its_whole_lies()) == [
        f"item {statement.pk} lies in another place than item {conversation.pk}, of which it is a part"
    ]
    Item.objects.filter(pk=process.pk).update(published_at=timezone.now() + timedelta(days=1))
    assert list(every_published_item_has_its_day()) == [f"item {process.pk} is published on a day to come"]
    ItemCount.objects.filter(pk=process.pk).delete()
    SearchText.objects.filter(pk=process.pk).delete()
    assert list(every_item_can_be_found_and_counted()) == [
        f"item {process.pk} has no words for the search", f"item {process.pk} has no row of counts",
    ]  # fmt: skip
    Item.objects.filter(pk=process.pk).update(kind="conversation")
    assert sorted(every_item_is_one_thing()) == [
        f"item {process.pk} has a process, but is called something else",
        f"item {process.pk} is called a conversation, but there is no conversation to it",
    ]
