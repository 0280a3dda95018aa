"""What phases open is written to the items: once, set by set, and told once to those who follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from people import words
from processes_at_hand import cooperative, database_now, process_of
from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.catalogue.services import make_items
from tequio.discussions.models import Comment, Discussion
from tequio.ideas.processes.enums import Act
from tequio.ideas.processes.models import Entry, Phase, Process
from tequio.ideas.processes.services.entering import enter_process
from tequio.ideas.processes.services.turning import due_processes, turn, turn_phases
from tequio.notifications.models import Announcement
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
COMMENT = (Act.COMMENT, "idea", "")


def put_in(process: Process, number: int = 1, kind: str = "idea", **values: Any) -> list[Item]:
    row = {
        "title": words("A lamp"), "territory": process.item.territory, "languages": ["en"], "state": "published",
        "published_at": timezone.now(), **values,
    }  # fmt: skip
    items = make_items(kind, [dict(row) for _one in range(number)])
    Entry.objects.bulk_create(Entry(item=item, process=process) for item in items)
    return items


def comments_of(*items: Item) -> list[str]:
    found = dict(Item.objects.filter(pk__in=[one.pk for one in items]).values_list("pk", "comments"))
    return [found[one.pk] for one in items]


def close(process: Process) -> None:
    """Its end has passed since it was last looked at."""
    Phase.objects.filter(process=process).update(closes_at=database_now() - timedelta(seconds=1))
    Process.objects.filter(pk=process.pk).update(turned_at=database_now() - timedelta(seconds=9))


def test_comments_open_in_two_columns_and_close_again(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    one, two, problem = *put_in(process, 2), *put_in(process, kind="problem")
    Item.objects.filter(pk=two.pk).update(comments="one")
    assert turn([process.pk]) == 1
    assert comments_of(one, two, problem) == ["two", "one", "off"]
    assert turn([process.pk]) == 0
    process.refresh_from_db()
    assert process.turned_at is not None
    close(process)
    assert turn_phases() == 2
    assert comments_of(one, two, problem) == ["closed", "closed", "off"]
    assert turn_phases() == 0


def test_where_somebody_wrote_without_a_side_it_stays_one_column(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    (item,) = put_in(process, comments="closed")
    Comment.objects.create(item=item, author=alice, words=words("Yes."))
    turn([process.pk])
    assert comments_of(item) == ["one"]


@pytest.mark.parametrize(
    ("who_may", "of_process", "found"),
    [
        ("", "anyone", "anyone"),
        ("", "residents", "residents"),
        ("members", "anyone", "members"),
        ("ours", "anyone", "ours"),
    ],
)
def test_who_may_comment_is_written_beside(
    who_may: str, of_process: str, found: str, lome: Territory, alice: Person
):
    process = process_of(lome, alice, (Act.COMMENT, "idea", who_may), who_may=of_process)
    Item.objects.filter(pk=process.pk).update(organisation=cooperative(lome, alice))
    one, two = put_in(process, 2)
    Discussion.objects.create(item=two, who_may="anyone", comments=3)
    turn([process.pk])
    assert list(Discussion.objects.filter(item__in=[one, two]).values_list("who_may", flat=True)) == [
        found,
        found,
    ]
    assert Discussion.objects.get(item=two).comments == 3


def test_comments_of_the_organisations_own_ideas_are_for_its_members(lome: Territory, alice: Person):
    process = process_of(lome, alice, (Act.COMMENT, "idea", ""), who_may=WhoMay.ORGANISATION)
    organisation = cooperative(lome, alice)
    Item.objects.filter(pk=process.pk).update(organisation=organisation)
    (item,) = put_in(process, organisation=organisation)
    turn([process.pk])
    assert Discussion.objects.get(item=item).who_may == "ours"


def test_what_its_author_owns_stays_as_it_is(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    (item,) = put_in(process, closes_at=timezone.now() + timedelta(days=3))
    before = Item.objects.filter(pk=item.pk).values().get()
    turn([process.pk])
    after = Item.objects.filter(pk=item.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"comments"}


def test_other_processes_are_left_alone(lome: Territory, alice: Person):
    process, other = process_of(lome, alice, COMMENT), process_of(lome, alice, COMMENT)
    (inside,), (elsewhere,) = put_in(process), put_in(other)
    turn([process.pk])
    assert comments_of(inside, elsewhere) == ["two", "off"]
    assert turn([]) == 0


@pytest.mark.parametrize("values", [{"state": "withdrawn"}, {"hidden_by": "decision:1"}])
def test_in_what_is_out_of_sight_nothing_is_open(values: dict[str, str], lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    (item,) = put_in(process)
    turn([process.pk])
    Item.objects.filter(pk=process.pk).update(**values)
    turn([process.pk])
    assert comments_of(item) == ["closed"]


def test_a_process_is_due_until_it_was_looked_at_after_its_last_end(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    assert due_processes() == [process.pk]
    turn_phases()
    assert due_processes() == [process.pk]  # it has no end
    close(process)
    assert due_processes() == [process.pk]
    Process.objects.filter(pk=process.pk).update(turned_at=timezone.now() + timedelta(seconds=1))
    assert due_processes() == []
    Process.objects.filter(pk=process.pk).update(turned_at=None)
    Item.objects.filter(pk=process.pk).update(state="draft")
    assert due_processes() == []


def test_ten_thousand_items_in_one_statement(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    put_in(process, 10_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_item, processes_entry")
    with CaptureQueriesContext(connection) as asked:
        assert turn([process.pk]) == 10_000
    writes = [one["sql"] for one in asked if "UPDATE catalogue_item" in one["sql"]]
    assert len(writes) == 1
    assert Discussion.objects.filter(item__entry__process=process).count() == 10_000


def told(process: Process) -> list[str]:
    rows = Announcement.objects.filter(item=process.item, event="opened").order_by("pk")
    return [row.words["en"]["text"] for row in rows]


def test_a_step_that_begins_is_told_once(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    now = database_now()
    later = now + timedelta(hours=1)
    Phase.objects.filter(process=process).update(closes_at=later)
    second = Phase.objects.create(process=process, position=1, title=words("Answers"), opens_at=later)
    turn([process.pk])
    turn([process.pk])
    assert told(process) == ["Ideas"]
    Phase.objects.filter(pk=second.pk).update(opens_at=now)
    turn([process.pk])
    turn([process.pk])
    assert told(process) == ["Ideas", "Answers"]


def test_what_began_long_ago_is_no_news(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    Phase.objects.filter(process=process).update(opens_at=timezone.now() - timedelta(days=8))
    turn([process.pk])
    assert told(process) == []


def test_what_comes_in_is_looked_at_at_once(lome: Territory, alice: Person):
    process = process_of(lome, alice, COMMENT)
    (item,) = make_items(
        "idea",
        [{"title": words("A lamp"), "territory": lome, "state": "published", "published_at": timezone.now()}],
    )
    entry = enter_process(item, process, by=SYSTEM)
    assert entry.process_id == process.pk
    waiting = ProcrastinateJob.objects.filter(
        task_name="processes.turn_one", status="todo", args__pk=process.pk
    )
    assert [job.args for job in waiting] == [{"pk": process.pk}]
