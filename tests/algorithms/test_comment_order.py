"""The order of comments: a weighted sum, places by lot, nothing lost."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from tequio.algorithms.comment_order import FEATURES, Numbers, Remark, arrange, values_of

WEIGHTS = {"recent": 1.0, "replies": 0.5, "useful": 1.5}
HOUR = 3600.0
NOW = 1_800_000_000.0


def numbers(lot_every: int = 0, **weights: float) -> Numbers:
    return Numbers({**dict.fromkeys(FEATURES, 0.0), **weights} if weights else WEIGHTS, lot_every=lot_every)


def test_values_by_hand():
    remark = Remark(1, NOW - 24 * HOUR, replies=3, useful=15)
    assert values_of(remark, numbers(), now=NOW) == {"recent": 0.5, "replies": 0.5, "useful": 0.75}
    fresh = values_of(Remark(2, NOW), numbers(), now=NOW)
    assert fresh == {"recent": 1.0, "replies": 0.0, "useful": 0.0}


def test_a_moment_to_come_is_now():
    assert values_of(Remark(1, NOW + HOUR), numbers(), now=NOW)["recent"] == 1.0


def test_each_weight_alone_orders_by_its_value():
    remarks = [Remark(1, NOW - 9 * HOUR, 5, 0), Remark(2, NOW - HOUR, 0, 1), Remark(3, NOW - 5 * HOUR, 1, 9)]
    for weight, expected in (("recent", [2, 3, 1]), ("replies", [1, 3, 2]), ("useful", [3, 2, 1])):
        found = arrange(remarks, numbers(**{weight: 1.0}), now=NOW, seed="a")
        assert [one.id for one in found] == expected


def test_of_equal_ones_the_newer_then_the_later_number():
    remarks = [Remark(1, NOW - HOUR), Remark(2, NOW), Remark(3, NOW)]
    found = arrange(remarks, numbers(useful=1.0), now=NOW, seed="a")
    assert [one.id for one in found] == [3, 2, 1]


def test_score_is_the_sum():
    [one] = arrange([Remark(1, NOW - 24 * HOUR, 3, 15)], numbers(), now=NOW, seed="a")
    assert math.isclose(one.score, 0.5 + 0.25 + 1.125)
    assert not one.is_by_lot


def crowd() -> list[Remark]:
    """Forty old ones with many marks, sixty late ones with none."""
    old = [Remark(number, NOW - 100 * HOUR, 2, 50) for number in range(40)]
    return old + [Remark(number, NOW - 40 * HOUR) for number in range(40, 100)]


def test_every_fourth_place_goes_to_one_few_have_marked():
    found = arrange(crowd(), numbers(4), now=NOW, seed="item:2027-01-15")
    first = found[:20]
    assert [number for number, one in enumerate(first) if one.is_by_lot] == [3, 7, 11, 15, 19]
    assert all(one.id >= 40 for one in first if one.is_by_lot)
    assert all(one.id < 40 for one in first if not one.is_by_lot)


def test_without_lots_the_late_ones_are_not_on_the_first_page():
    assert all(one.id < 40 for one in arrange(crowd(), numbers(0), now=NOW, seed="a")[:20])


def test_over_the_days_every_late_one_is_drawn():
    drawn = set()
    for day in range(120):
        drawn |= {
            one.id for one in arrange(crowd(), numbers(4), now=NOW, seed=f"item:{day}")[:20] if one.is_by_lot
        }
    assert drawn == set(range(40, 100))


def test_the_same_seed_the_same_lots_another_seed_others():
    def ids(seed: str) -> list[int]:
        return [one.id for one in arrange(crowd(), numbers(4), now=NOW, seed=seed)]

    assert ids("a") == ids("a")
    assert ids("a") != ids("b")


remarks = st.lists(
    st.builds(
        Remark, st.integers(1, 10_000), st.floats(0, 2e9), st.integers(0, 1_000), st.integers(0, 100_000)
    ),
    unique_by=lambda remark: remark.id, max_size=60,
)  # fmt: skip


@given(remarks, st.integers(0, 9), st.text(max_size=5))
def test_nothing_is_lost_or_twice(found: list[Remark], lot_every: int, seed: str):
    placed = arrange(found, numbers(lot_every), now=NOW, seed=seed)
    assert sorted(one.id for one in placed) == sorted(remark.id for remark in found)
    for one in placed:
        assert all(0 <= value <= 1 for value in one.values.values())
    plain = [one.score for one in placed if not one.is_by_lot]
    assert plain == sorted(plain, reverse=True)
