"""How a place answers: counted in front of everybody, by process, as a table, with ten thousand owed."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from forms import open_browser
from owing import NO, YES, fresh, owe, put_idea
from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.catalogue.services import make_items
from tequio.ideas.answers.models import AnswerDue, Milestone, Result
from tequio.ideas.answers.selectors.scoreboard import scoreboard_of
from tequio.ideas.answers.services.answering import give_answer, take_back
from tequio.ideas.processes.models import Entry
from tequio.ideas.processes.services import open_process
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def answered(place: Territory, number: int, *, days: int, total: int, by: Person) -> Item:
    """Asked long ago for `total` days, answered after `days`."""
    item = put_idea(place, f"Idea {number}", by=by)
    owe(item)
    since = timezone.now() - timedelta(days=200)
    give_answer(item, YES if number % 2 else NO, by=by)
    AnswerDue.objects.filter(item=item).update(
        since=since, due_at=since + timedelta(days=total), answered_at=since + timedelta(days=days)
    )
    return item


def test_14_of_16_in_time(lome: Territory, togo: Territory, bilbao: Territory, sena: Person):
    for number in range(14):
        answered(lome, number, days=30 + number, total=60, by=sena)
    answered(lome, 14, days=61, total=60, by=sena)
    owe(put_idea(lome, "Late", by=sena), days=-5, since=60)
    owe(put_idea(lome, "Waits", by=sena), days=5)
    for place in (lome, togo):
        tally = scoreboard_of(place).tally
        assert (tally.in_time, tally.of, tally.answered_late, tally.late, tally.waiting) == (14, 16, 1, 1, 1)
        assert tally.days == 37
        assert (tally.answered, tally.owed) == (15, 17)
    assert scoreboard_of(bilbao).is_empty
    page = open_browser().get(f"/en/answers/in/{lome.code}/").content.decode()
    assert "14 of 16 answered in time." in page
    assert "5 days late." in page
    assert "Owed by: Lomé." in page
    assert (
        "No answer was promised here yet."
        in open_browser().get(f"/en/answers/in/{bilbao.code}/").content.decode()
    )


def test_decisions_and_what_is_taken_back(lome: Territory, sena: Person):
    items = [answered(lome, number, days=1, total=9, by=sena) for number in range(3)]
    assert scoreboard_of(lome).decisions == {"accepted": 1, "in_part": 0, "declined": 2}
    take_back(fresh(items[0].pk), by=sena)
    board = scoreboard_of(lome)
    assert board.decisions["declined"] == 1
    assert board.tally.late == 1


def test_what_nobody_may_see_is_counted_nowhere(lome: Territory, sena: Person):
    hidden = put_idea(lome, "Secret shame", by=sena)
    owe(hidden, days=-5, since=9)
    Item.objects.filter(pk=hidden.pk).update(hidden_by="moderation.decision:1")
    assert scoreboard_of(lome).is_empty
    for path in ("", "numbers.csv"):
        assert "Secret" not in open_browser(sena).get(f"/en/answers/in/{lome.code}/{path}").content.decode()


def test_by_process(lome: Territory, sena: Person):
    process = open_process(
        title=words("A call"),
        summary={},
        background={},
        territory=lome,
        languages=["en"],
        phases=[],
        by=SYSTEM,
    )
    for number in range(3):
        Entry.objects.create(item=answered(lome, number, days=5, total=9, by=sena), process=process)
    owe(put_idea(lome, "Alone", by=sena))
    [row] = scoreboard_of(lome).processes
    assert (row.process, row.tally.owed, row.tally.in_time) == (process.item, 3, 3)
    Item.objects.filter(pk=process.pk).update(state="withdrawn")
    assert scoreboard_of(lome).processes == []


def test_results_done_and_delayed(lome: Territory, result: Result):
    assert scoreboard_of(lome).results == {"all": 1, "done": 0, "delayed": 0}
    Milestone.objects.filter(result=result, position=1).update(due=timezone.now().date() - timedelta(days=1))
    assert scoreboard_of(lome).results["delayed"] == 1
    Result.objects.update(finished_at=timezone.now())
    assert scoreboard_of(lome).results == {"all": 1, "done": 1, "delayed": 0}


def test_the_open_numbers(lome: Territory, sena: Person):
    late = put_idea(lome, "Late", by=sena)
    owe(late, days=-5, since=60)
    done = answered(lome, 1, days=5, total=9, by=sena)
    answer = open_browser().get(f"/en/answers/in/{lome.code}/numbers.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["item"] for row in rows] == [str(late.pk), str(done.pk)]
    assert [(row["decision"], row["is_late"]) for row in rows] == [("", "yes"), ("accepted", "no")]
    assert all(row["territory"] == lome.code for row in rows)


@pytest.mark.parametrize("number_of_ideas", [1, 3])
def test_a_literal_number_of_questions(
    number_of_ideas: int, lome: Territory, sena: Person, django_assert_num_queries
):
    for number in range(number_of_ideas):
        answered(lome, number, days=5, total=9, by=sena)
        owe(put_idea(lome, f"Late {number}", by=sena), days=-5, since=60)
    scoreboard_of(lome)
    with django_assert_num_queries(5):
        scoreboard_of(lome)


@pytest.mark.full
def test_ten_thousand_owed(lome: Territory, sena: Person, django_assert_max_num_queries):
    now = timezone.now()
    rows = [
        {"title": words(f"Idea {number}"), "territory": lome, "languages": ["en"], "state": "published",
         "author": sena, "made_at": now, "published_at": now}
        for number in range(10_000)
    ]  # fmt: skip
    items = make_items("idea", rows)
    AnswerDue.objects.bulk_create(
        AnswerDue(
            item=item, because="petition", since=now - timedelta(days=90),
            due_at=now + timedelta(minutes=number - 5_000),
            answered_at=now - timedelta(days=60) if number % 3 == 0 else None,
        )
        for number, item in enumerate(items)
    )  # fmt: skip
    browser = open_browser(sena)
    for path in (f"/en/answers/in/{lome.code}/", "/en/answers/", "/en/answers/?show=late"):
        browser.get(path)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200
