"""The part of an item's own page that says where its answer stands, for readers and for officers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from owing import NO, YES, fresh, owe
from people import words
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import AnswerDue, Result
from tequio.ideas.answers.selectors.standing import standing_of
from tequio.ideas.answers.services.answering import Said, give_answer, take_back
from tequio.people.models import Person

pytestmark = pytest.mark.django_db


def part(item: Item, person: Person | None = None, *, later: int = 0) -> str:
    standing = standing_of(fresh(item.pk), person, now=timezone.now() + timedelta(days=later))
    return " ".join(render_to_string("answers/_answer.html", {"answer": standing}).split())


def test_nothing_where_nothing_is_owed(idea: Item, sena: Person):
    assert part(idea) == ""
    assert "Ask for an answer" in part(idea, sena)


def test_day_41_of_60_owed_to_the_place_and_nobodys_name(idea: Item, alice: Person):
    owe(idea, days=60, since=0)
    AnswerDue.objects.filter(item=idea).update(assigned_to=alice)
    shown = part(idea, later=41)
    assert "Day 41 of 60." in shown
    assert "The answer is owed by: Lomé." in shown
    assert 'd="M0 0h41v6H0z"' in shown
    assert "Alice" not in shown
    late = part(idea, later=63)
    assert "3 days late." in late
    assert "Late" in late


def test_the_answer_with_its_office_and_day(idea: Item, sena: Person):
    owe(idea, days=60, since=0)
    give_answer(idea, Said("in_part", words("Half of it.\n\nNot the rest."), "digital services"), by=sena)
    AnswerDue.objects.filter(item=idea).update(answered_at=timezone.now() + timedelta(days=41))
    shown = part(idea)
    assert "Accepted in part" in shown
    assert "Answered on day 41 of 60" in shown
    assert "<p>Half of it.</p>" in shown
    assert "<bdi>Sena</bdi>, <bdi>digital services</bdi>" in shown
    assert "Answer anew" not in shown
    for button in ("Answer anew", "Tell what comes of it", "Take it back", "Add a document"):
        assert button in part(idea, sena)
    AnswerDue.objects.filter(item=idea).update(answered_at=timezone.now() + timedelta(days=62))
    assert "Answered 2 days late" in part(idea)


def test_former_answers_and_what_follows(idea: Item, result: Result, sena: Person):
    shown = part(idea)
    assert f"/en/results/{result.pk}/" in shown
    assert "former answer" not in shown
    take_back(fresh(idea.pk), by=sena)
    assert "One former answer" in part(idea)
    give_answer(fresh(idea.pk), NO, by=sena)
    assert "Tell what comes of it" not in part(idea, sena)


def test_words_of_people_do_nothing(idea: Item, sena: Person):
    said = Said(
        "declined", words("<script>alert(1)</script> [x](javascript:alert(1))"), '<b onclick="x">roads</b>'
    )
    give_answer(idea, said, by=sena)
    shown = part(idea)
    assert "<script" not in shown
    assert "<b onclick" not in shown
    assert 'href="javascript' not in shown


def test_a_colleague_sees_the_button(idea: Item, alice: Person):
    owe(idea)
    assert "Answer it" not in part(idea, alice)
    AnswerDue.objects.filter(item=idea).update(assigned_to=alice)
    assert "Answer it" in part(idea, alice)


def test_both_have_the_same_answer(idea: Item, sena: Person, member: Person):
    give_answer(idea, YES, by=sena)
    assert part(idea) == part(idea, member)
