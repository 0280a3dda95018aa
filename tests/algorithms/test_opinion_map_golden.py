"""Golden vectors: numbers worked out by hand or taken from the field's own production system."""

from __future__ import annotations

import numpy as np
import pytest

from tequio.algorithms.opinion_map import OpinionMap, Parameters, Votes, compute, priority
from tequio.algorithms.opinion_map.statistics import proportion_test, two_proportion_test

TOY = [[-1, -1, 1, 0], [-1, -1, 1, None], [-1, None, 1, -1], [1, 1, -1, -1], [1, 1, -1, None], [1, 0, -1, -1]]


def toy_votes() -> Votes:
    cells = [(i, j, -v) for i, row in enumerate(TOY) for j, v in enumerate(row) if v is not None]
    people, statements, votes = np.array(cells).T
    return Votes.from_arrays(people, statements, votes)


@pytest.fixture(scope="module")
def toy() -> OpinionMap:
    return compute(toy_votes(), parameters=Parameters(min_group_size=1))


@pytest.mark.parametrize(
    ("s", "n", "z"),
    [(0, 0, 1.0), (1, 1, 1.414214), (5, 5, 2.449490), (3, 10, -0.904534), (10, 15, 1.5), (40, 50, 4.340868)],
)
def test_proportion_test(s: int, n: int, z: float) -> None:
    assert proportion_test(s, n) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(
    ("si", "so", "ni", "no", "z"),
    [
        (10, 5, 15, 30, 3.339559),
        (2, 20, 15, 30, -3.183793),
        (0, 10, 10, 10, -4.281744),
        (0, 0, 0, 0, 0),
        (5, 5, 5, 5, 0),
    ],
)
def test_two_proportion_test(si: int, so: int, ni: int, no: int, z: float) -> None:
    assert two_proportion_test(si, so, ni, no) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize(
    ("a", "d", "s", "e", "value"),
    [
        (0, 0, 0, 0, 5.0625),
        (0, 0, 0, 1.5, 31.640625),
        (1, 0, 1, 0, 12.529726),
        (20, 0, 20, 0, 1.867966),
        (20, 0, 23, 0, 0.880522),
        (10, 8, 20, 2, 3.775956),
        (2, 40, 45, 1.2, 0.017026),
    ],
)
def test_priority(a: int, d: int, s: int, e: float, value: float) -> None:
    assert priority(a, d, s, e) == pytest.approx(value, abs=1e-6)


def test_meta_statements_have_their_own_priority() -> None:
    assert priority([3, 3], [0, 0], [5, 5], [1, 1], [True, False]).tolist()[0] == 49


def test_toy_axes(toy: OpinionMap) -> None:
    assert toy.axes.mean == pytest.approx([0, 0, 0, -0.75])
    first, second = toy.axes.components
    assert np.abs(first) == pytest.approx([0.622887, 0.458243, 0.622887, 0.118475], abs=1e-6)
    assert np.abs(second) == pytest.approx([0.331331, 0.808984, 0.331331, 0.354944], abs=1e-6)
    assert np.sign(first).tolist() == [1, 1, -1, -1]
    assert np.sign(second).tolist() == [-1, 1, 1, -1]


def test_toy_positions_and_extremity(toy: OpinionMap) -> None:
    assert np.abs(toy.positions[0]) == pytest.approx([1.792874, 0.412531], abs=1e-6)
    assert toy.extremity == pytest.approx([1.411054, 1.859507, 1.411054, 0.187097], abs=1e-6)


def test_toy_groups(toy: OpinionMap) -> None:
    assert toy.k == 2
    assert [group.members.tolist() for group in toy.groups] == [[0, 1, 2], [3, 4, 5]]
    assert toy.gac_agree == pytest.approx([0.16, 0.15, 0.16, 0.375])
    assert toy.priorities == pytest.approx([22.353882, 19.156347, 22.353882, 8.713159], abs=1e-6)


def test_toy_representative_statements(toy: OpinionMap) -> None:
    found = [[(r.statement, r.direction) for r in group.representative] for group in toy.groups]
    assert found == [[(0, "agree"), (1, "agree"), (2, "disagree")], [(2, "agree"), (0, "disagree")]]
    metrics = [r.metric for r in toy.groups[0].representative]
    assert metrics == pytest.approx([14.0217, 9.6664, 14.0217], abs=1e-4)


def test_toy_is_too_early_by_default() -> None:
    result = compute(toy_votes())
    assert (result.k, result.state, result.groups) == (0, "too_few_people", ())
    assert result.placed_count == 6
