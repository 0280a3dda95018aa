"""Bursts and cohorts: by hand, by property, and on a real conversation with a thousand puppets (T38)."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brigades import hall, puppets
from tequio.algorithms.bursts import NUMBERS, bursts, cohorts, with_numbers

from .real_data import plain_rows, real

DAY = 86_400.0


def crowds(arrivals, **given_numbers):
    numbers = {"seconds": 600.0, "times": 5.0, "fewest": 25, **given_numbers}
    return [crowd.tolist() for crowd in bursts(np.array(arrivals, float), **numbers)]


def spread(number, days=30, seed=3):
    return np.sort(np.random.default_rng(seed).random(number) * days * DAY)


def test_no_burst_among_few():
    assert crowds([]) == []
    assert crowds([0.0] * 24) == []
    assert crowds([0.0] * 25) == [list(range(25))]


def test_a_burst_is_many_times_the_usual():
    quiet = [600.0 * stretch + n for stretch in range(10) for n in range(6)]  # six in each stretch
    busy = [60_000.0 + n for n in range(30)]
    assert crowds(quiet + busy) == [list(range(60, 90))]
    assert crowds(quiet + busy[:29]) == []  # 5 × 6 are needed
    assert crowds(quiet + busy, times=6.0) == []


def test_bursts_that_touch_are_one_and_order_does_not_matter():
    times = np.concatenate([np.linspace(0, 590, 30), np.linspace(595, 1_100, 30), 90_000 + np.arange(30.0)])
    shuffled = np.random.default_rng(0).permutation(len(times))
    found = crowds(times[shuffled], times=1.0)
    assert [len(crowd) for crowd in found] == [60, 30]
    assert sorted(shuffled[found[0]].tolist()) == list(range(60))


@given(st.lists(st.floats(0, 1e9), max_size=80), st.integers(1, 40))
def test_nobody_is_in_two_bursts(arrivals, fewest):
    found = crowds(arrivals, fewest=fewest)
    everybody = [person for crowd in found for person in crowd]
    assert len(everybody) == len(set(everybody))
    assert all(len(crowd) >= fewest for crowd in found)


@pytest.mark.parametrize(("noise", "least"), [(0.0, 0.99), (0.05, 0.98), (0.1, 0.88)])
def test_puppets_among_people(noise, least):
    arrivals = np.concatenate([spread(300), 15 * DAY + np.linspace(0, 590, 200)])
    votes = np.concatenate([hall(300, 60), puppets(200, 60, noise=noise)])
    (cohort,) = cohorts(arrivals, votes)
    assert (cohort.people >= 300).mean() > 0.99
    assert len(cohort.people) >= least * 200
    assert 0.85 <= cohort.likeness <= 1
    assert cohort.among_others == 0
    assert 15 * DAY <= cohort.since < cohort.until <= 15 * DAY + 590


def test_two_brigades_in_one_burst():
    votes = np.concatenate([hall(200, 60), puppets(80, 60, seed=5), puppets(60, 60, seed=6)])
    arrivals = np.concatenate([spread(200), 9 * DAY + np.linspace(0, 590, 140)])
    first, second = cohorts(arrivals, votes)
    assert len(first.people) > len(second.people) > 50
    assert not set(first.people.tolist()) & set(second.people.tolist())


def test_of_a_burst_five_brigades_are_set_aside_at_most():
    brigades = [puppets(30, 60, noise=0, seed=20 + number) for number in range(6)]
    arrivals = np.concatenate([spread(200), 9 * DAY + np.linspace(0, 590, 180)])
    found = cohorts(arrivals, np.concatenate([hall(200, 60), *brigades]))
    assert len(found) == 5
    everybody = [person for cohort in found for person in cohort.people.tolist()]
    assert len(everybody) == len(set(everybody)) == 5 * 30
    assert min(everybody) >= 200


@pytest.mark.parametrize("seed", range(5))
def test_a_hall_in_ten_minutes_is_not_set_aside(seed):
    """The control: two hundred people in the room, alone or in a conversation that runs for weeks."""
    votes = hall(200, 40, seed=seed)
    assert cohorts(np.linspace(0, 590, 200), votes) == []
    among = np.concatenate([hall(300, 40, seed=seed + 50), votes])
    assert cohorts(np.concatenate([spread(300), 15 * DAY + np.linspace(0, 590, 200)]), among) == []


def test_what_most_people_say_anyway_is_no_sign():
    """Statements nearly everybody agrees with: a hall that does so too is like the others."""
    random = np.random.default_rng(4)
    votes = np.where(random.random((500, 30)) < 0.95, 1, -1).astype(np.int8)
    arrivals = np.concatenate([spread(300), 15 * DAY + np.linspace(0, 590, 200)])
    assert cohorts(arrivals, votes) == []


def test_alike_but_slowly_is_no_burst():
    votes = np.concatenate([hall(300, 40), puppets(200, 40, noise=0)])
    assert cohorts(np.concatenate([spread(300), spread(200, seed=9)]), votes) == []


def test_who_answered_little_is_not_compared():
    arrivals = np.concatenate([spread(60), 15 * DAY + np.linspace(0, 590, 100)])
    for statements, number in ((6, 0), (7, 1)):
        votes = np.concatenate([hall(60, statements), puppets(100, statements, noise=0, answered=1)])
        assert len(cohorts(arrivals, votes)) == number


def test_where_nobody_else_answered_nobody_is_set_aside():
    """A class is the first to come, and of one mind: there is no other voice to drown."""
    votes = puppets(100, 20, noise=0)
    assert cohorts(np.linspace(0, 590, 100), votes) == []
    silent = np.full((60, 20), 2, np.int8)
    arrivals = np.concatenate([spread(60), 15 * DAY + np.linspace(0, 590, 100)])
    assert cohorts(arrivals, np.concatenate([silent, votes])) == []


def test_shapes_are_checked_and_numbers_come_from_a_recipe():
    with pytest.raises(ValueError, match="do not fit"):
        cohorts(np.zeros(3), np.zeros((2, 5), np.int8))
    with pytest.raises(ValueError, match="do not fit"):
        cohorts(np.zeros(3), np.zeros(3, np.int8))
    numbers = with_numbers(fewest=40.0, answers=9.0, likeness=0.9)
    assert (numbers.fewest, numbers.answers, numbers.likeness, numbers.minutes) == (
        40,
        9,
        0.9,
        NUMBERS.minutes,
    )
    assert isinstance(numbers.fewest, int)
    assert with_numbers(likeness=0.9) == replace(NUMBERS, likeness=0.9)
    assert cohorts(np.zeros(0), np.zeros((0, 0), np.int8)) == []


@pytest.fixture(scope="module")
def real_talk():
    rows = plain_rows(real("polis", "vtaiwan.uberx", "votes.csv.gz"))
    rows.sort(key=lambda row: int(row["timestamp"]))
    people = sorted({int(row["voter-id"]) for row in rows})
    statements = sorted({int(row["comment-id"]) for row in rows})
    votes = np.full((len(people), len(statements)), 2, np.int8)
    arrivals = np.full(len(people), np.inf)
    for row in rows:
        place = np.searchsorted(people, int(row["voter-id"]))
        votes[place, np.searchsorted(statements, int(row["comment-id"]))] = int(row["vote"])
        arrivals[place] = min(arrivals[place], int(row["timestamp"]) / 1000)
    return arrivals, votes


@pytest.mark.real_data
def test_nobody_of_a_real_conversation_is_set_aside(real_talk):
    arrivals, votes = real_talk
    assert [len(crowd) for crowd in bursts(arrivals, seconds=600, times=5, fewest=25)] == [112, 79]
    assert cohorts(arrivals, votes) == []


@pytest.mark.real_data
@pytest.mark.parametrize("noise", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("when", ["first", "middle", "last"])
def test_a_thousand_puppets_in_ten_minutes(real_talk, noise, when):
    arrivals, votes = real_talk
    at = {"first": arrivals.min(), "middle": float(np.median(arrivals)), "last": arrivals.max()}[when]
    both = np.concatenate([arrivals, at + np.linspace(0, 599, 1_000)])
    begun = time.process_time()
    (cohort,) = cohorts(both, np.concatenate([votes, puppets(1_000, votes.shape[1], noise=noise)]))
    assert time.process_time() - begun < 5
    assert (cohort.people >= len(arrivals)).sum() >= 950
    assert (cohort.people < len(arrivals)).sum() <= 3


def test_a_large_burst_is_found_by_its_first_two_thousand():
    votes = np.concatenate([hall(500, 30), puppets(6_000, 30, answered=1)])
    arrivals = np.concatenate([spread(500), 9 * DAY + np.linspace(0, 590, 6_000)])
    begun = time.process_time()
    (cohort,) = cohorts(arrivals, votes)
    assert len(cohort.people) > 5_700
    assert time.process_time() - begun < 5
