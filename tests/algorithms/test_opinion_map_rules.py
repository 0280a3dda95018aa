"""The rules around the mathematics: who is placed, least size, smoothing, history, routing."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorithms.test_opinion_map_properties import made, noisy_votes
from tequio.algorithms.opinion_map import (
    Parameters,
    Previous,
    Routing,
    SmoothedCount,
    compute,
    is_suspicious,
    match_groups,
    next_statement,
    smooth,
)
from tequio.algorithms.opinion_map.groups import who_is_placed


def placed(votes_each: list[int], statements: int, already: list[int] = (), **options: int) -> list[int]:
    old = np.isin(np.arange(len(votes_each)), already)
    mask = who_is_placed(np.array(votes_each), statements, old, Parameters(**options))
    return np.flatnonzero(mask).tolist()


def test_seven_votes_place_a_person_or_all_if_there_are_fewer_statements() -> None:
    assert placed([6, 7, 8], 20, fill_to=0) == [1, 2]
    assert placed([3, 4, 5], 4, fill_to=0) == [1, 2]


def test_once_in_always_in() -> None:
    assert placed([1, 7, 1], 20, already=[2], fill_to=0) == [1, 2]


def test_topped_up_to_fifteen_with_those_who_voted_most_and_came_first() -> None:
    assert placed([1, 9, 3, 3, 2], 20, fill_to=3) == [1, 2, 3]
    assert placed([1, 9, 3, 3, 3], 20, fill_to=3) == [1, 2, 3]
    assert placed([2] * 20, 20) == list(range(15))


def test_least_size_is_five_or_five_percent() -> None:
    assert [Parameters().smallest_group(n) for n in (0, 100, 101, 1000, 1001)] == [5, 5, 6, 50, 51]
    assert Parameters(min_group_size=1).smallest_group(1000) == 1


def test_a_handful_of_outsiders_is_no_group() -> None:
    rows = [(i, j, 1 if (i + j) % 3 else 0) for i in range(40) for j in range(10)]
    rows += [(i, j, -1) for i in range(40, 43) for j in range(10)]
    votes = made(rows)
    assert 3 in {group.size for group in compute(votes, parameters=Parameters(min_group_size=1)).groups}
    result = compute(votes)
    assert 3 not in {group.size for group in result.groups}
    assert result.state in ("groups", "no_distinct_groups")


def test_no_split_large_enough_means_no_groups() -> None:
    rows = [(i, j, 1) for i in range(40) for j in range(10)]
    rows += [(40, j, -1) for j in range(10)]
    result = compute(made(rows))
    assert (result.state, result.k) == ("no_distinct_groups", 0)
    assert result.statistics.seen.shape == (1, 10)
    assert result.gac_agree == pytest.approx([41 / 43] * 10)


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_groups": 1},
        {"min_votes": 0},
        {"seed": -1},
        {"smoothing": 0},
        {"min_group_size": 0},
        {"axes_tolerance": 0},
    ],
)
def test_parameters_out_of_reason_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Parameters(**wrong)


def test_the_number_of_groups_changes_after_four_runs_that_agree() -> None:
    state, shown = None, []
    for best in (3, 2, 2, 2, 3, 2, 2, 2, 2, 3):
        state = smooth(best, state, 4)
        shown.append(state.shown)
    assert shown == [3, 3, 3, 3, 3, 3, 3, 3, 2, 2]


def history(votes: object, smoothing: SmoothedCount, signs: tuple[int, int] = (1, 1)) -> Previous:
    first = compute(votes)
    return Previous(first.statements, first.axes.components * np.array(signs)[:, None], smoothing)


def test_a_living_conversation_keeps_its_number_of_groups_for_a_while() -> None:
    votes = noisy_votes(200, 20, 2)
    assert compute(votes).k == 3
    held = compute(votes, previous=history(votes, SmoothedCount(2, 3, 2)))
    assert (held.k, held.smoothing) == (2, SmoothedCount(2, 3, 3))
    moved = compute(votes, previous=history(votes, held.smoothing))
    assert (moved.k, moved.smoothing) == (3, SmoothedCount(3, 3, 4))


def test_a_number_that_is_no_longer_possible_is_given_up_at_once() -> None:
    votes = noisy_votes(200, 20, 2)
    result = compute(votes, previous=history(votes, SmoothedCount(9, 9, 4)))
    assert (result.k, result.smoothing) == (3, SmoothedCount(3, 3, 1))
    few = made([(i, j, (-1) ** (i * j)) for i in range(4) for j in range(8)])
    assert compute(few, previous=history(few, SmoothedCount(2, 2, 1))).k == 0


def test_the_picture_is_not_mirrored_between_runs_and_groups_do_not_depend_on_it() -> None:
    votes = noisy_votes(100, 12, 4)
    plain = compute(votes)
    mirrored = compute(votes, previous=history(votes, SmoothedCount(plain.k, plain.k, 1), (-1, 1)))
    assert mirrored.positions == pytest.approx(plain.positions * [-1, 1])
    assert mirrored.axes.components == pytest.approx(plain.axes.components * [[-1], [1]])
    assert mirrored.label.tolist() == plain.label.tolist()


def test_given_groups_are_taken_as_they_are() -> None:
    votes = noisy_votes(30, 8, 1)
    groups = {person: "north" if person < 10 else "south" for person in range(25)} | {999: "nowhere"}
    result = compute(votes, groups=groups)
    assert [(g.given, g.size) for g in result.groups] == [("south", 15), ("north", 10)]
    assert (result.placed_count, result.label[29]) == (25, -1)
    assert [group["given"] for group in result.as_document("")["groups"]] == ["south", "north"]
    assert compute(votes, groups={}).state == "too_few_people"
    assert compute(made([]), groups={}).state == "no_votes"
    with pytest.raises(ValueError, match="128 groups"):
        compute(made([(i, 1, 1) for i in range(128)]), groups={i: i for i in range(128)})


def test_groups_are_recognised_by_their_members() -> None:
    arrays = [np.array(ids) for ids in ([1, 2, 3], [4, 5], [9])]
    earlier = [np.array(ids) for ids in ([4, 5, 6], [1, 2])]
    assert match_groups(arrays, earlier) == [1, 0, None]


# Routing


def draws(statements: list[int], priorities: list[float], count: int, **options: object) -> Counter:
    random = Random(1)
    options = {"seen": set()} | options
    return Counter(
        next_statement(statements, priorities, random=random, **options).statement for _ in range(count)
    )


def test_the_lottery_is_weighted_by_priority() -> None:
    found = draws([1, 2, 3], [1.0, 2.0, 7.0], 10_000)
    assert [found[s] / 10_000 for s in (1, 2, 3)] == pytest.approx([0.1, 0.2, 0.7], abs=0.02)


def test_nothing_starves() -> None:
    found = draws([1, 2, 3], [0.0, 1e-9, 50.0], 10_000)
    assert min(found[1], found[2]) > 200
    assert draws([1, 2], [0.0, 0.0], 1000)[1] > 400


def test_what_was_seen_does_not_come_again() -> None:
    assert set(draws([1, 2, 3], [1, 1, 1], 200, seen={1, 3, 77})) == {2}
    assert next_statement([1], [1.0], seen={1}, random=Random(0)) is None
    assert next_statement([], [], seen=set(), random=Random(0)) is None


def test_meta_statements_are_at_most_one_in_three() -> None:
    random, seen, shown = Random(4), set(), []
    statements, meta = list(range(12)), {0, 1, 2, 3}
    priorities = [49.0 if s in meta else 0.1 for s in statements]
    while found := next_statement(statements, priorities, seen=seen, random=random, meta=meta):
        seen.add(found.statement)
        shown.append(found.statement in meta)
    assert len(shown) == 12
    assert all(sum(shown[:n]) * 3 <= n for n in range(1, 13))


def test_meta_statements_come_when_nothing_else_is_left() -> None:
    found = next_statement([5], [49.0], seen=set(), random=Random(0), meta={5})
    assert found is not None
    assert found.statement == 5


def test_a_uniform_lottery_is_reported() -> None:
    uniform = next_statement([1, 2], [49.0, 49.0], seen=set(), random=Random(0))
    weighted = next_statement([1, 2], [49.0, 48.0], seen=set(), random=Random(0))
    single = next_statement([1], [49.0], seen=set(), random=Random(0))
    assert [one and one.is_uniform for one in (uniform, weighted, single)] == [True, False, False]


def test_the_self_check_sees_equal_priorities_behind_different_votes() -> None:
    assert is_suspicious([49, 49, 49], [3, 1, 0], [0, 0, 0], [3, 3, 3])
    assert not is_suspicious([49, 48, 49], [3, 1, 0], [0, 0, 0], [3, 3, 3])
    assert not is_suspicious([5, 5], [0, 0], [0, 0], [0, 0])
    assert not compute(noisy_votes(40, 8, 1)).priorities_suspicious


@pytest.mark.parametrize("priorities", [[1.0], [1.0, -1.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_priorities_that_cannot_be_weighed_are_refused(priorities: list[float]) -> None:
    with pytest.raises(ValueError, match="priorities"):
        next_statement([1, 2], priorities, seen=set(), random=Random(0))


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=20),
    st.sets(st.integers(0, 20)),
    st.sets(st.integers(0, 20)),
    st.integers(0, 1000),
)
def test_a_draw_is_unseen_and_repeatable(
    priorities: list[float], seen: set[int], meta: set[int], seed: int
) -> None:
    statements = list(range(len(priorities)))
    first, second = (
        next_statement(statements, priorities, seen=seen, random=Random(seed), meta=meta) for _ in range(2)
    )
    assert first == second
    assert (first is None) == set(statements).issubset(seen)
    assert first is None or first.statement not in seen


@pytest.mark.parametrize(
    "wrong",
    [{"new": -1.0}, {"boost": float("nan")}, {"half_life": 0.0}, {"meta_one_in": 0}, {"floor": 1.5}],
)
def test_a_lottery_that_cannot_be_drawn_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Routing(**wrong)  # type: ignore[arg-type]
