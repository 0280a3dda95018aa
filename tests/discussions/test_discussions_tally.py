"""Counting in a job: numbers without gaps, no queue among writers, nothing counted twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs import make_jobs_due, queue, work  # noqa: F401 - a fixture
from tequio.base.actor import SYSTEM
from tequio.discussions import invariants
from tequio.discussions.models import Comment, CommentNumbers, Discussion, Useful
from tequio.discussions.services.marking import mark_useful
from tequio.discussions.services.moderating import hide_comment
from tequio.discussions.services.tallying import tally
from tequio.discussions.services.writing import withdraw_comment
from tequio.people.services import begin_guest
from tequio.people.services.merging import merge_guest

CHECKS = (
    invariants.answers_belong_to_their_comment,
    invariants.everything_has_its_side_where_there_are_two,
    invariants.comments_are_counted,
)


def findings() -> list[str]:
    return [words for check in CHECKS for words in check()]


def numbers(item) -> list[int | None]:
    return list(Comment.objects.filter(item=item).order_by("made_at", "id").values_list("number", flat=True))


@pytest.mark.django_db
def test_counts_by_hand(plan, say, member, guest, bob, charlie):
    first = say(plan, side="for", by=member)
    say(plan, side="against", by=guest)
    say(plan, side="against", by=bob)
    answer = say(plan, reply_to=first, by=bob)
    hidden = say(plan, reply_to=first, by=charlie)
    hide_comment(hidden, reason="spam", by=SYSTEM)
    for person in (bob, guest):
        mark_useful(first, by=person)
    tally(plan.pk)
    row = Discussion.objects.get(pk=plan.pk)
    assert (row.comments, row.people, row.pro, row.contra, row.last_at) == (4, 3, 1, 2, answer.made_at)
    assert list(CommentNumbers.objects.order_by("pk").values_list("replies", "useful")) == [
        (1, 2), (0, 0), (0, 0), (0, 0), (0, 0),
    ]  # fmt: skip
    assert numbers(plan) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_twice_is_once_and_numbers_stay(plan, say, member):
    first, second = say(plan, side="for"), say(plan, side="for")
    tally(plan.pk)
    withdraw_comment(second, by=member)
    say(plan, side="for")
    # One that came late although it began early gets the next number, nobody's changes.
    late = say(plan, side="for")
    Comment.objects.filter(pk=late.pk).update(made_at=first.made_at - timedelta(hours=1))
    tally(plan.pk)
    tally(plan.pk)
    assert dict(Comment.objects.order_by("pk").values_list("pk", "number")) == {
        first.pk: 1, second.pk: 2, late.pk - 1: 4, late.pk: 3,
    }  # fmt: skip
    assert Discussion.objects.get(pk=plan.pk).comments == 3


@pytest.mark.django_db
def test_the_rules_of_an_item_stay_while_it_is_counted(item, alice, say):
    from tequio.discussions.services.opening import set_discussion

    set_discussion(item, comments="one", who_may="members", reads_first=True, by=alice)
    say(item)
    tally(item.pk)
    row = Discussion.objects.get(pk=item.pk)
    assert (row.who_may, row.reads_first, row.comments) == ("members", True, 0)


@pytest.mark.django_db(transaction=True)
def test_many_writers_one_job_no_queue(item, queue):  # noqa: F811
    """Eight at once, five comments each: all numbered by the job, and nobody waited for it."""
    guests = [begin_guest(language="en") for _ in range(8)]
    barrier, wrong = threading.Barrier(8), []

    def write(person) -> None:
        from tequio.discussions.services.writing import write_comment

        try:
            barrier.wait()
            for number in range(5):
                write_comment(item, f"Thought {number}.", language="en", by=person)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[person]) for person in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert Comment.objects.filter(number=None).count() == 40
    waiting = ProcrastinateJob.objects.filter(task_name="discussions.tally", status="todo")
    assert waiting.count() == 1
    assert findings() == []
    make_jobs_due()
    work()
    assert numbers(item) == list(range(1, 41))
    assert Discussion.objects.get(pk=item.pk).comments == 40
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_one_mark_of_eight_clicks(item, say, bob, queue):  # noqa: F811
    comment = say(item)
    found: list[bool] = []
    barrier = threading.Barrier(8)

    def mark() -> None:
        try:
            barrier.wait()
            found.append(mark_useful(comment, by=bob))
        finally:
            connection.close()

    threads = [threading.Thread(target=mark) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(found) == [False] * 7 + [True]
    assert Useful.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_guest_who_signs_in_takes_her_words_along(item, guest, member, bob, say, queue):  # noqa: F811
    own = say(item, "Mine as a guest.", by=guest)
    other = say(item, "Somebody's.", by=bob)
    for person in (guest, member):
        mark_useful(other, by=person)
    make_jobs_due()
    work()
    assert CommentNumbers.objects.get(pk=other.pk).useful == 2
    assert merge_guest(guest, member, by=SYSTEM)
    own.refresh_from_db()
    assert own.author == member
    assert Useful.objects.get().person == member
    make_jobs_due()
    work()
    assert CommentNumbers.objects.get(pk=other.pk).useful == 1
    assert findings() == []


@pytest.mark.django_db
def test_the_books_notice(plan, say, conversation):
    comment = say(plan, side="for")
    answer = say(plan, reply_to=comment)
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert len(findings()) == 2  # not counted yet, and nobody will
    tally(plan.pk)
    assert findings() == []
    CommentNumbers.objects.filter(pk=comment.pk).update(replies=9)
    assert findings() == [f"comment {comment.pk} has other numbers than it has answers and marks"]
    tally(plan.pk)
    other = say(plan, side="against")
    tally(plan.pk)
    Comment.objects.filter(pk=other.pk).update(reply_to=answer, side="")
    assert f"comment {other.pk} answers an answer" in findings()
    Comment.objects.filter(pk=answer.pk).update(item=conversation.statements.first().item)
    assert f"comment {answer.pk} answers one on another item" in findings()
    Comment.objects.filter(pk=comment.pk).update(side="")
    assert f"comment {comment.pk} takes no side where there are two" in findings()
    Comment.objects.filter(pk=comment.pk).update(number=None)
    assert f"comment {comment.pk} was counted and has no number" in findings()
