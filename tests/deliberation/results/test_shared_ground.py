"""What counts as shared and as divided, by hand."""

from __future__ import annotations

import pytest

from tequio.ideas.deliberation.selectors.results import percents
from tequio.ideas.deliberation.selectors.shared_ground import divided, lowest, most_say, shared


@pytest.mark.parametrize(
    ("row", "answer", "is_so"),
    [
        ([0, 0, 4], 2, False),  # four answers are too few, whatever they say
        ([0, 0, 5], 2, True),  # z = 2.449
        ([1, 0, 4], 2, True),  # z = 1.633
        ([2, 0, 3], 2, False),  # z = 0.816
        ([40, 20, 40], 2, False),
        ([80, 10, 10], 0, True),
        ([80, 10, 10], 2, False),
    ],
)
def test_most_say(row, answer, is_so):
    assert most_say(row, answer) is is_so


def test_shared_by_every_group_strongest_first():
    first = {"1": [0, 0, 10], "2": [0, 1, 9], "3": [0, 0, 10], "4": [9, 0, 1]}
    second = {"1": [1, 0, 9], "2": [0, 0, 10], "3": [8, 0, 2], "4": [10, 0, 0]}
    assert shared([first, second], ["1", "2", "3", "4"], 2) == ["1", "2"]
    assert shared([first, second], ["1", "2", "3", "4"], 0) == ["4"]
    assert shared([first, second], ["2"], 2) == ["2"]
    assert shared([], ["1"], 2) == []


def test_a_group_that_did_not_see_it_shares_nothing():
    assert shared([{"1": [0, 0, 10]}, {}], ["1"], 2) == []


def test_the_lowest_group():
    assert lowest([{"1": [0, 0, 10]}, {"1": [2, 1, 7]}], "1", 2) == 0.7


def test_divided_means_many_on_both_sides():
    counts = {"1": [50, 0, 50], "2": [31, 9, 60], "3": [20, 0, 80], "4": [1, 0, 1]}
    assert divided(counts, counts, fewest=5) == ["1", "2"]


@pytest.mark.parametrize("row", [[1, 1, 1], [1, 0, 2], [0, 0, 0], [3, 7, 96], [1, 1, 4]])
def test_percents_add_up(row):
    bar = percents(row)
    assert bar.agree + bar.skipped + bar.disagree == (100 if sum(row) else 0)


def test_a_bar_stays_within_its_hundred():
    bar = percents([4, 5, 91])
    assert (bar.agree, bar.skipped, bar.disagree) == (91, 5, 4)
    assert (bar.skipped_from, bar.disagree_from, bar.disagree_to) == (91.5, 96.2, 99.8)
