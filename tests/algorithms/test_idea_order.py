"""The rotation of ideas: golden places, and that every idea gets its share, late ones too."""

from __future__ import annotations

from math import inf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.algorithms.idea_order import FEATURES, SHIFT, Idea, Numbers, arrange, lot, phase, values_of

EQUAL = Numbers({"share": 1.0})
ALL = Numbers(dict.fromkeys(FEATURES, 1.0))


def gini(numbers: list[float]) -> float:
    ranked = sorted(numbers)
    count, whole = len(ranked), sum(ranked)
    return sum((2 * place - count + 1) * value for place, value in enumerate(ranked)) / (count * whole)


def test_golden_places_on_the_circle():
    assert [phase(number) for number in (0, 1, 2, 10_000)] == GOLDEN_PHASES
    assert SHIFT == 2_654_435_769
    assert lot(1, 0) == (phase(1) + 0.5) / 2**32
    assert lot(1, 3) == ((phase(1) + 3 * SHIFT) % 2**32 + 0.5) / 2**32
    assert phase(7, seed=1) == phase(7 + SHIFT)


GOLDEN_PHASES = [0, 824515495, 1722258072, 2298852972]


def test_values_by_hand():
    numbers = Numbers({}, half_supports=10, half_life=72)
    assert values_of(Idea(1, supports=0, hours=0), numbers) == {
        "share": 1.0, "few": 1.0, "fresh": 1.0, "closing": 0.0,
    }  # fmt: skip
    values = values_of(Idea(1, supports=30, hours=24, days_left=1.0), numbers)
    assert values == {"share": 1.0, "few": 0.25, "fresh": 0.75, "closing": 0.5}
    assert values_of(Idea(1, hours=-5, days_left=-1), numbers)["closing"] == 0.0
    assert values_of(Idea(1, hours=-5), numbers)["fresh"] == 1.0


def test_the_key_is_an_exponential_race():
    (one,) = arrange([Idea(5, supports=10)], ALL, rotation=8)
    assert one.weight == pytest.approx(1 + 0.5 + 1 + 0)
    assert one.key == pytest.approx(-log(lot(5, 8)) / one.weight)
    assert arrange([Idea(5)], Numbers({}), rotation=0)[0].key == inf


def test_what_weighs_nothing_comes_last_the_newest_first():
    ideas = [Idea(1), Idea(2), Idea(3, days_left=1)]
    placed = arrange(ideas, Numbers({"closing": 1.0}), rotation=1)
    assert [one.id for one in placed] == [3, 2, 1]


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=40), st.integers(0, 10**6), st.integers(0, 9))
def test_every_idea_stands_once_and_the_same_turn_gives_the_same_order(numbers, rotation, seed):
    ideas = [Idea(number, supports=number % 50, hours=number % 1000) for number in numbers]
    placed = arrange(ideas, ALL, rotation=rotation, seed=seed)
    assert sorted(one.id for one in placed) == sorted(numbers)
    assert placed == arrange(ideas[::-1], ALL, rotation=rotation, seed=seed)
    assert [one.key for one in placed] == sorted(one.key for one in placed)


def test_an_idea_that_changes_moves_alone():
    """Pages by key stay right within a turn: the others keep their order."""
    ideas = [Idea(number) for number in range(1, 60)]
    before = [one.id for one in arrange(ideas, ALL, rotation=4)]
    ideas[20] = Idea(21, supports=500)
    after = [one.id for one in arrange(ideas, ALL, rotation=4)]
    assert [pk for pk in before if pk != 21] == [pk for pk in after if pk != 21]


def test_equal_ideas_come_to_the_front_equally_often():
    """Of 1,000 equal ideas 20 stand in front: a share of 2 in 100 turns, and nobody is left out or comes too often.

    Independent lots would leave some 130 of them out.
    """
    seen = dict.fromkeys(range(1, 1001), 0)
    for rotation in range(100):
        for one in sorted(seen, key=lambda number: -lot(number, rotation))[:20]:
            seen[one] += 1
    assert sum(number == 0 for number in seen.values()) <= 10
    assert max(seen.values()) <= 4
    assert gini([float(number) for number in seen.values()]) < 0.21  # 0.37 with independent lots


def test_ten_thousand_ideas_all_get_their_share_in_a_hundred_turns():
    """One after another over two years, the early ones with many supports; the last 1,000 are new and have none.

    Seen means among the first 200 (ten pages). The figures stand in the decision record.
    """
    weights = Numbers(dict.fromkeys(FEATURES, 1.0))
    ideas = [
        Idea(number, supports=(number * 37) % 400 if number <= 9_000 else 0, hours=(10_000 - number) * 1.75)
        for number in range(1, 10_001)
    ]
    weight = {one.id: one.weight for one in arrange(ideas, weights, rotation=0)}
    whole = sum(weight.values())
    seen = dict.fromkeys(weight, 0)
    front = {
        number: sorted((-log(lot(number, turn)) / w, turn) for turn in range(100))
        for number, w in weight.items()
    }
    bound = 200 / whole  # the key of the 200th, nearly: an exponential race of rate `whole`
    for number, keys in front.items():
        seen[number] = sum(key < bound for key, _turn in keys)
    expected = {number: 100 * 200 * w / whole for number, w in weight.items()}
    late = sum(seen[number] for number in range(9_001, 10_001)) / 1_000
    early = sum(seen[number] for number in range(1, 9_001)) / 9_000
    assert sum(seen.values()) == pytest.approx(20_000, rel=0.03)
    assert sum(number == 0 for number in seen.values()) < 100
    assert late > early
    assert max(seen[number] - expected[number] for number in seen) < 3
    assert min(seen[number] - expected[number] for number in seen) > -3
