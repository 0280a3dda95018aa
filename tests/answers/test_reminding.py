"""Reminders: 14, 7 and 2 days before, each week after; told once however often the job runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from owing import YES, fresh, owe, put_idea
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import AnswerDue
from tequio.ideas.answers.selectors.officers import colleagues_for
from tequio.ideas.answers.selectors.waiting import answers_to_give
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.services.reminding import remind
from tequio.notifications.models import Announcement, Notice
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    rows = Notice.objects.filter(person=person, announcement__event="answer_due").order_by("pk")
    return [row.announcement.words["en"]["text"].splitlines()[0] for row in rows]


def test_each_step_once_over_forty_days(idea: Item, sena: Person):
    due = owe(idea, days=20)
    numbers = [
        remind(due.due_at + timedelta(days=day, hours=hour)) for day in range(-20, 20) for hour in (0, 1)
    ]
    assert sum(numbers) == 5
    steps = [row.occasion.split()[0] for row in Announcement.objects.order_by("pk")]
    assert steps == ["14", "7", "2", "late-1", "late-2"]
    assert told(sena)[0].startswith("1 answer is due on ")
    assert told(sena)[-1].startswith("1 answer was due on ")


def test_what_is_due_on_one_day_is_one_notice(lome: Territory, sena: Person, member: Person):
    for number in range(3):
        owe(put_idea(lome, f"Idea {number}", by=member), days=13)
    assert remind() == 1
    assert remind() == 0
    assert told(sena)[0].startswith("3 answers are due on ")


def test_a_job_that_slept_catches_up(idea: Item, sena: Person):
    due = owe(idea, days=20)
    assert remind(due.due_at - timedelta(days=5)) == 1
    assert Announcement.objects.get().occasion.startswith("7 ")


def test_what_is_answered_or_hidden_reminds_nobody(idea: Item, lome: Territory, sena: Person, member: Person):
    owe(idea, days=3)
    give_answer(fresh(idea.pk), YES, by=sena)
    hidden = put_idea(lome, "Hidden", by=member)
    owe(hidden, days=3)
    Item.objects.filter(pk=hidden.pk).update(hidden_by="moderation.decision:1")
    assert remind() == 0


def test_the_colleague_who_prepares_it_is_reminded(idea: Item, sena: Person, alice: Person):
    AnswerDue.objects.filter(pk=owe(idea, days=3).pk).update(assigned_to=alice)
    assert remind() == 1
    assert (len(told(alice)), told(sena)) == (1, [])


def test_the_people_of_the_organisation(
    idea: Item, sena: Person, bea: Person, clerk: Person, water: Organisation
):
    owe(idea, days=3, organisation=water)
    remind()
    assert (len(told(bea)), told(sena), told(clerk)) == (1, [], [])


def test_the_nearest_stewards(lome: Territory, togo: Territory, member: Person, make_member):
    country = make_member("Kofi", "steward", togo)
    owe(put_idea(lome, "One", by=member), days=3)
    assert remind() == 1
    assert len(told(country)) == 1
    city = make_member("Sena", "steward", lome)
    owe(put_idea(lome, "Two", by=member), days=6)
    remind()
    assert len(told(city)) == 2  # both are due within a week, and she is the nearest now
    assert len(told(country)) == 1


def test_a_place_without_stewards_reminds_nobody(idea: Item):
    owe(idea, days=3)
    assert remind() == 0


def test_who_may_take_it_over(
    idea: Item, sena: Person, alice: Person, clerk: Person, charlie: Person, water: Organisation
):
    found = colleagues_for([owe(idea, organisation=water)])
    assert {"Sena", "Alice", "Clara"} <= {person.name for person in found}
    assert charlie not in found


def test_what_waits_for_me(
    idea: Item, lome: Territory, sena: Person, alice: Person, guest: Person, member: Person
):
    assert list(answers_to_give(sena)) == []
    owe(idea, days=-3)
    owe(put_idea(lome, "Two", by=member), days=5)
    [line] = answers_to_give(sena)
    assert "2 answers are owed" in line.why
    assert "1 is late." in line.why
    assert list(answers_to_give(alice)) == []
    AnswerDue.objects.filter(item=idea).update(assigned_to=alice)
    [hers] = answers_to_give(alice)
    assert "1 answer is owed" in hers.why
    assert list(answers_to_give(guest)) == []


@pytest.mark.parametrize("number_of_ideas", [1, 3])
def test_reminders_read_no_row_per_answer(
    number_of_ideas: int, lome: Territory, sena: Person, member: Person, django_assert_num_queries
):
    for number in range(number_of_ideas):
        owe(put_idea(lome, f"Idea {number}", by=member), days=3)
    remind(timezone.now())
    with django_assert_num_queries(9):
        remind(timezone.now())
