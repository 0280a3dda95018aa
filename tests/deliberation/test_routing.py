"""The lottery over the state of a conversation."""

from __future__ import annotations

import pytest

from tequio.ideas.deliberation.models import OpinionMap
from tequio.ideas.deliberation.selectors.routing import NEW, Standing, choose_turn, explain, standings

pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(conversation):
    """A map that knows statements 0 and 1; 2 is newer than it."""
    OpinionMap.objects.create(
        conversation=conversation, digest="0" * 64, version="1",
        result={
            "priorities": {"0": 90.0, "1": 0.01},
            "extremity": {"0": 1.5, "1": 0.2},
            "counts": {"0": [3, 1, 16], "1": [40, 30, 30]},
        },
    )  # fmt: skip
    return conversation


def test_what_the_newest_map_knows(mapped):
    assert standings(mapped) == {
        0: Standing(90.0, agree=16, disagree=3, skipped=1, extremity=1.5),
        1: Standing(0.01, agree=30, disagree=40, skipped=30, extremity=0.2),
    }


def test_without_a_map_all_are_new(conversation):
    assert standings(conversation) == {}
    assert NEW.priority == pytest.approx(5.0625)


def test_the_weights_are_used(mapped):
    draws = [choose_turn(mapped, seen=set(), seed=str(n)).statement.number for n in range(1200)]
    assert draws.count(0) > draws.count(2) > draws.count(1) > 0


def test_seen_ones_do_not_come_again(mapped):
    ids = dict(mapped.statements.values_list("number", "pk"))
    turn = choose_turn(mapped, seen={ids[0], ids[2]}, seed="x")
    assert turn.statement.number == 1
    assert choose_turn(mapped, seen=set(ids.values()), seed="x").statement is None


def test_why_this_one():
    why = explain(Standing(9.0, agree=16, disagree=3, skipped=1, extremity=1.5))
    assert (why.answers, why.is_little_answered, why.is_clear, why.tells_apart) == (20, True, True, True)
    why = explain(Standing(9.0, agree=40, disagree=30, skipped=30))
    assert (why.is_little_answered, why.is_clear, why.tells_apart) == (False, False, False)
