"""The lottery over the state of a conversation."""

from __future__ import annotations

import numpy as np
import pytest
from django.core.cache import cache

from tequio.algorithms.opinion_map import Routing, priority
from tequio.base.actor import SYSTEM
from tequio.ideas.deliberation.models import OpinionMap
from tequio.ideas.deliberation.selectors import routing
from tequio.ideas.deliberation.selectors.routing import (
    NEW,
    RECIPE,
    Standing,
    choose_turn,
    explain,
    routing_of,
    standings,
)
from tequio.recipes.services import activate_version, propose_version
from tequio.recipes.types.use import default_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(conversation):
    """A map that knows statements 0 and 1; 2 is newer than it."""
    OpinionMap.objects.create(
        conversation=conversation, digest="0" * 64, version="1",
        result={
            "extremity": {"0": 1.5, "1": 0.2},
            "counts": {"0": [3, 1, 16], "1": [40, 30, 30]},
        },
    )  # fmt: skip
    return conversation


def test_what_the_newest_map_knows(mapped):
    assert standings(mapped) == {
        0: Standing(agree=16, disagree=3, skipped=1, extremity=1.5),
        1: Standing(agree=30, disagree=40, skipped=30, extremity=0.2),
    }


def test_without_a_map_all_are_new(conversation):
    assert standings(conversation) == {}
    counts = NEW.agree, NEW.disagree, NEW.seen, NEW.extremity
    assert priority(*counts) == pytest.approx(5.0625)


def test_the_weights_are_used(mapped):
    draws = [choose_turn(mapped, seen=set(), seed=str(n)).statement.number for n in range(1200)]
    assert draws.count(0) > draws.count(2) > draws.count(1) > 0


def test_seen_ones_do_not_come_again(mapped):
    ids = dict(mapped.statements.values_list("number", "pk"))
    turn = choose_turn(mapped, seen={ids[0], ids[2]}, seed="x")
    assert turn.statement.number == 1
    assert choose_turn(mapped, seen=set(ids.values()), seed="x").statement is None


def test_why_this_one():
    why = explain(Standing(agree=16, disagree=3, skipped=1, extremity=1.5), default_of(RECIPE))
    assert (why.answers, why.is_little_answered, why.is_clear, why.tells_apart) == (20, True, True, True)
    why = explain(Standing(agree=40, disagree=30, skipped=30), default_of(RECIPE))
    assert (why.is_little_answered, why.is_clear, why.tells_apart) == (False, False, False)


def test_the_recipe_as_it_comes_is_the_reference():
    assert routing_of(default_of(RECIPE)) == Routing()


def test_the_numbers_add_up_to_the_priority(mapped):
    standing = standings(mapped)[0]
    why = explain(standing, default_of(RECIPE)).recipe
    assert why.score == pytest.approx(float(priority(standing.agree, standing.disagree, standing.seen, 1.5)))
    assert [part.contribution for part in why.parts] == sorted(
        (p.contribution for p in why.parts), reverse=True
    )
    assert explain(standing, default_of(RECIPE), is_meta=True).recipe.parts == ()


def test_a_place_decides_otherwise(mapped, lome):
    """With all weights at 0 the lottery is even; the place's own version says so."""
    even = dict.fromkeys(("new", "clear", "apart", "agreed"), 0.0)
    recipe = propose_version(RECIPE, territory=lome, weights=even, reason={}, by=SYSTEM)
    activate_version(recipe, decided_by="The council", by=SYSTEM)
    cache.clear()
    draws = [choose_turn(mapped, seen=set(), seed=str(n)).statement.number for n in range(600)]
    assert min(draws.count(number) for number in (0, 1, 2)) > 150
    why = choose_turn(mapped, seen=set(), seed="x").why.recipe
    assert (why.version, why.place, why.parts) == (1, lome.code, ())


def test_an_even_lottery_that_should_not_be_even_is_logged(mapped, monkeypatch, caplog):
    monkeypatch.setattr(routing, "priority", lambda *counts, routing: np.ones(3))
    choose_turn(mapped, seen=set(), seed="x")
    assert "all priorities are equal" in caplog.text


def test_the_page_of_a_step_shows_the_numbers(client, mapped):
    page = client.get(f"/en/conversations/{mapped.pk}/answer/").content.decode()
    assert "In numbers:" in page
    assert 'href="/en/how/statement-routing/"' in page
