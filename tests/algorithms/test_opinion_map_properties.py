"""What must hold for any votes: the slow and obvious way gives the same, and order, names and sizes do not
matter.
"""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms import naive
from tequio.algorithms.opinion_map import (
    OpinionMap,
    Parameters,
    Votes,
    compute,
    groups,
    input_digest,
    matrix,
    silhouette,
)
from tequio.algorithms.opinion_map import axes as axes_module

ANY_SIZE = Parameters(min_group_size=1)


@st.composite
def cells(draw: st.DrawFn, most_people: int = 12, most_statements: int = 7) -> list[tuple[int, int, int]]:
    people, statements = draw(st.integers(1, most_people)), draw(st.integers(1, most_statements))
    answer = st.sampled_from([-1, 0, 1, None])
    grid = draw(
        st.lists(st.lists(answer, min_size=statements, max_size=statements), min_size=people, max_size=people)
    )
    return [(i, j, v) for i, row in enumerate(grid) for j, v in enumerate(row) if v is not None]


def made(found: list[tuple[int, int, int]]) -> Votes:
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Votes.from_arrays(*columns)


def noisy_votes(people: int, statements: int, seed: int, share: float = 0.6) -> Votes:
    """Three opinions and some noise."""
    rng = np.random.default_rng(seed)
    opinion = rng.choice([-1, 0, 1], size=(3, statements), p=[0.45, 0.1, 0.45])
    said = opinion[rng.choice(3, size=people, p=[0.5, 0.3, 0.2])]
    said = np.where(rng.random(said.shape) < 0.2, rng.integers(-1, 2, said.shape), said)
    row, column = np.nonzero(rng.random(said.shape) < share)
    return Votes.from_arrays(row, column, said[row, column])


def document(result: OpinionMap, votes: Votes) -> str:
    return json.dumps(result.as_document(input_digest(votes)), allow_nan=False)


@given(cells(), st.sets(st.integers(0, 7), max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_same_votes_in_any_order_same_bytes(found: list, zeroed: set[int], random: object) -> None:
    shuffled = found.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = made(found), made(shuffled)
    options = {"zeroed": sorted(zeroed), "parameters": ANY_SIZE}
    assert document(compute(first, **options), first) == document(compute(second, **options), second)


@given(cells(), st.sets(st.integers(0, 7), max_size=3))
@settings(max_examples=150, deadline=None)
def test_axes_and_positions_as_the_dense_way_finds_them(
    found: list[tuple[int, int, int]], zeroed: set[int]
) -> None:
    votes = made(found)
    result = compute(votes, zeroed=sorted(zeroed), parameters=ANY_SIZE)
    if not len(result.positions):
        assert result.state in ("degenerate", "no_votes")
        return
    dense = naive.dense(votes.row, votes.column, votes.vote, votes.shape)
    columns = np.flatnonzero(np.isin(votes.statements, sorted(zeroed))).tolist()
    mean, _, values = naive.axes(dense, columns)
    assert result.axes.mean == pytest.approx(mean, abs=1e-12)
    assert result.axes.explained * values.sum() == pytest.approx(values[:2], abs=1e-8 * values[0])
    gram = result.axes.components @ result.axes.components.T
    assert gram == pytest.approx(np.diag((result.axes.explained > 0).astype(float)), abs=1e-9)
    for component in result.axes.components:
        assert component[np.argmax(np.abs(component) >= np.abs(component).max() * (1 - 1e-6))] >= 0
    expected = naive.project(dense, columns, mean, result.axes.components)
    assert result.positions == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 10**6), st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_k_means_and_silhouette_as_the_naive_way_finds_them(seed: int, people: int) -> None:
    rng = np.random.default_rng(seed)
    points = np.round(rng.standard_normal((people, 2)) * 3) / 2
    plane = groups.Plane.of(points, Parameters())
    found = groups.partitions(plane, 5)
    assert [one.k for one in found] == [k for k in range(2, 6) if naive.k_means(points, k) is not None]
    for one in found:
        assert one.label.tolist() == naive.k_means(points, one.k)
        assert one.silhouette == pytest.approx(naive.silhouette(points, one.label.tolist()))
        assert one.smallest == np.bincount(one.label, minlength=one.k).min()


def test_silhouette_of_weighted_places_is_that_of_the_people() -> None:
    places = np.array([[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]])
    weights, label = np.array([3.0, 1.0, 2.0, 1.0]), np.array([0, 0, 1, 1], dtype=np.int8)
    people = np.repeat(np.arange(4), weights.astype(int))
    assert silhouette.silhouettes(places, weights, [label])[0] == pytest.approx(
        naive.silhouette(places[people], label[people].tolist())
    )


def test_silhouette_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    points = np.random.default_rng(0).standard_normal((50, 2))
    label = (points[:, 0] > 0).astype(np.int8)
    whole = silhouette.silhouettes(points, np.ones(50), [label])
    monkeypatch.setattr(silhouette, "BLOCK", 7)
    assert silhouette.silhouettes(points, np.ones(50), [label]) == pytest.approx(whole)
    assert silhouette.silhouettes(points, np.ones(50), []) == []
    assert silhouette.silhouettes(points, np.ones(50), [np.zeros(50, np.int8)]) == [-1.0]


def test_one_person_alone_counts_nothing() -> None:
    points = np.array([[0.0, 0.0], [9.0, 0.0], [9.5, 0.0]])
    label = np.array([0, 1, 1], dtype=np.int8)
    assert silhouette.silhouettes(points, np.ones(3), [label])[0] == pytest.approx(
        naive.silhouette(points, label.tolist())
    )


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_other_names_for_people_and_statements_change_nothing(seed: int) -> None:
    """Renumbering only moves rows and columns: same groups of people, same statements, same statistics."""
    votes = noisy_votes(80, 15, 3)
    rng = np.random.default_rng(seed)
    people, statements = rng.permutation(1000)[:80], rng.permutation(1000)[:15]
    renamed = Votes.from_arrays(people[votes.row], statements[votes.column], votes.vote)
    first, second = compute(votes), compute(renamed)
    assert first.k == second.k >= 2
    same_groups = {frozenset(people[group.members].tolist()) for group in first.groups}
    assert same_groups == {frozenset(group.members.tolist()) for group in second.groups}
    at = np.searchsorted(second.statements, statements)
    assert second.gac_agree[at] == pytest.approx(first.gac_agree)
    assert second.priorities[at] == pytest.approx(first.priorities)
    assert {statements[s] for s in first.consensus.agree} == set(second.consensus.agree)


def test_opposite_statements_change_nothing_but_their_direction() -> None:
    """A statement turned round (agree for disagree) leaves everybody in place."""
    votes = noisy_votes(60, 10, 5)
    turned = np.where(votes.column == 4, -votes.vote, votes.vote)
    other = Votes.from_arrays(votes.participants[votes.row], votes.statements[votes.column], turned)
    first, second = compute(votes), compute(other)
    assert np.abs(second.positions) == pytest.approx(np.abs(first.positions), abs=1e-6)
    assert second.gac_disagree[4] == pytest.approx(first.gac_agree[4])


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ([], "no_votes"),
        ([(1, 1, 1)], "degenerate"),
        ([(1, j, (-1) ** j) for j in range(5)], "degenerate"),
        ([(i, 1, (-1) ** i) for i in range(40)], "degenerate"),
        ([(i, j, 0) for i in range(20) for j in range(8)], "degenerate"),
        ([(i, j, 1) for i in range(20) for j in range(8)], "degenerate"),
    ],
    ids=["nothing", "one vote", "one person", "one statement", "all pass", "all agree"],
)
def test_degenerate_votes_draw_nothing_and_say_so(found: list[tuple[int, int, int]], state: str) -> None:
    votes = made(found)
    result = compute(votes, parameters=ANY_SIZE)
    assert (result.state, result.k, len(result.positions)) == (state, 0, 0)
    assert json.loads(document(result, votes))["positions"] == {}
    assert np.isfinite(result.priorities).all()


def test_rank_one_keeps_a_second_axis_of_zero() -> None:
    """Two camps of which each says always the same: one axis says all."""
    votes = made([(i, j, 1 if i < 12 else -1) for i in range(20) for j in range(8)])
    result = compute(votes)
    assert result.axes.explained == pytest.approx([1, 0])
    assert (result.positions[:, 1] == 0).all()
    assert [group.size for group in result.groups] == [12, 8]
    assert result.explained == pytest.approx(1)


def test_zeroed_columns_carry_nothing_and_still_count() -> None:
    votes = noisy_votes(60, 10, 7)
    result = compute(votes, zeroed=[2], meta=[5])
    assert result.axes.mean[[2, 5]].tolist() == [0, 0]
    assert (result.axes.components[:, [2, 5]] == 0).all()
    assert result.extremity[[2, 5]].tolist() == [0, 0]
    assert result.priorities[5] == 49 != result.priorities[2]
    listed = {r.statement for group in result.groups for r in group.representative}
    assert not {2, 5} & (listed | set(result.consensus.agree) | set(result.consensus.disagree))


def test_everything_zeroed_leaves_groups_without_statements() -> None:
    votes = noisy_votes(30, 4, 7)
    result = compute(votes, zeroed=range(4), groups={person: person % 2 for person in range(30)})
    assert [group.representative for group in result.groups] == [(), ()]


def test_sampled_start_and_many_blocks_find_the_same_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = noisy_votes(400, 20, 11)
    plain = compute(votes)
    monkeypatch.setattr(matrix, "BLOCK", 100)
    monkeypatch.setattr(axes_module, "SAMPLE_VOTES", 500)
    sampled = compute(votes, zeroed=[])
    assert sampled.axes.components == pytest.approx(plain.axes.components, abs=1e-6)
    assert sampled.positions == pytest.approx(plain.positions, abs=1e-5)
    assert [g.members.tolist() for g in sampled.groups] == [g.members.tolist() for g in plain.groups]
    zeroed = compute(votes, zeroed=[3])
    monkeypatch.undo()
    assert compute(votes, zeroed=[3]).positions == pytest.approx(zeroed.positions, abs=1e-5)


def test_the_grid_finds_the_groups_the_points_show() -> None:
    votes = noisy_votes(900, 30, 2)
    exact = compute(votes)
    grid = compute(votes, parameters=Parameters(exact_up_to=100))
    assert grid.k == exact.k == 3
    assert naive.adjusted_rand(grid.label.tolist(), exact.label.tolist()) > 0.99
    assert grid.silhouettes[3] == pytest.approx(exact.silhouettes[3], abs=0.02)


def test_the_search_for_axes_ends_where_no_machine_is_that_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = noisy_votes(200, 60, 11)
    monkeypatch.setattr(axes_module, "MOST_SWEEPS", 20)
    result = compute(votes, parameters=Parameters(axes_tolerance=1e-30))
    assert result.axes.components == pytest.approx(compute(votes).axes.components, abs=1e-6)


def test_groups_that_do_not_come_to_rest_are_shown_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = noisy_votes(60, 12, 0)
    resting = compute(votes)
    monkeypatch.setattr(groups, "MOST_ROUNDS", 1)
    moving = compute(votes)
    assert moving.label.tolist() != resting.label.tolist()
    assert (moving.state, moving.k) == ("groups", 3)
    assert sum(group.size for group in moving.groups) == moving.placed_count == resting.placed_count


def test_a_group_polished_below_the_least_size_is_not_shown() -> None:
    """On the grid a group of 3 fits; on the points it has lost one to its neighbour."""
    plane = groups.Plane(
        points=np.array([[0.0, 0], [0, 0], [0, 0], [4, 0], [4, 0], [1.5, 0]]),
        places=np.array([[0.0, 0], [4, 0], [1.5, 0]]),
        weights=np.array([3.0, 2, 1]),
        cell=np.array([0, 0, 0, 1, 1, 2]),
    )
    found = groups.Partition(2, 0.5, np.array([0, 1, 1], np.int8), np.array([[0.0, 0], [3, 0]]), smallest=3)
    assert groups.people_labels(plane, found, 3, steps=3) is None
    assert groups.people_labels(plane, found, 2, steps=3) is not None


def test_where_every_split_is_polished_too_small_there_are_no_groups() -> None:
    votes = noisy_votes(60, 8, 17)
    coarse = {"exact_up_to": 1, "grid": 2, "polishing_steps": 20}
    small = compute(votes, parameters=Parameters(min_group_size=1, **coarse))
    assert min(group.size for group in small.groups) < 5
    result = compute(votes, parameters=Parameters(min_group_size=5, **coarse))
    assert (result.state, result.k, list(result.groups)) == ("no_distinct_groups", 0, [])


def test_a_member_takes_part_in_ranking_by_size_then_first_member() -> None:
    label = np.array([-1, 2, 0, 0, 1, 1, 2], dtype=np.int8)
    assert groups.ranked(label, 3).tolist() == [-1, 0, 1, 1, 2, 2, 0]
