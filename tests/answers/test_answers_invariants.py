"""Each check of `tequio verify` finds what was tampered with, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from owing import YES, fresh, owe
from people import words
from tequio.catalogue.models import Item
from tequio.ideas.answers import invariants
from tequio.ideas.answers.models import AnswerDue, Milestone, Result, Spending
from tequio.ideas.answers.services.answering import give_answer, take_back
from tequio.people.models import Person

pytestmark = pytest.mark.django_db


def test_clocks(idea: Item, sena: Person):
    owe(idea)
    give_answer(idea, YES, by=sena)
    assert list(invariants.clocks_stop_with_an_answer_in_force()) == []
    AnswerDue.objects.update(answered_at=None)
    assert "its clock runs" in next(invariants.clocks_stop_with_an_answer_in_force())
    take_back(fresh(idea.pk), by=sena)
    assert list(invariants.clocks_stop_with_an_answer_in_force()) == []
    AnswerDue.objects.update(answered_at=timezone.now())
    assert "stands still" in next(invariants.clocks_stop_with_an_answer_in_force())


def test_steps_and_money(result: Result):
    assert list(invariants.moved_steps_say_why()) == []
    assert list(invariants.nothing_is_spent_below_zero()) == []
    Milestone.objects.filter(position=1).update(due=date(2031, 1, 1))
    assert "without a reason" in next(invariants.moved_steps_say_why())
    Spending.objects.create(result=result, on=date(2026, 1, 5), amount=-5, what=words("x"))
    assert "has spent -5" in next(invariants.nothing_is_spent_below_zero())
