"""Votes as arrays: canonical whatever the order, and precise about what cannot be read."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.algorithms.opinion_map import Votes, VotesError, input_digest
from tequio.algorithms.opinion_map import votes as votes_module

LOGS = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 2, 7, 40_000, 10**12]),
        st.sampled_from([0, 3, 4, 99, 10**9]),
        st.sampled_from([-1, 0, 1]),
        st.integers(0, 3),
    ),
    max_size=60,
)


def last_votes(log: list[tuple[int, int, int, int]]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for person, statement, vote, time in log:
        if (person, statement) not in found or time >= found[person, statement][0]:
            found[person, statement] = (time, vote)
    return {pair: vote for pair, (_, vote) in sorted(found.items())}


def as_dict(votes: Votes) -> dict[tuple[int, int], int]:
    people, statements = votes.participants[votes.row], votes.statements[votes.column]
    pairs = zip(people.tolist(), statements.tolist(), strict=True)
    return dict(zip(pairs, votes.vote.tolist(), strict=True))


@given(LOGS)
def test_the_last_vote_wins(log: list[tuple[int, int, int, int]]) -> None:
    columns = [np.array(column, dtype=np.int64) for column in zip(*log, strict=True)] or [
        np.empty(0, int)
    ] * 4
    votes = Votes.from_log(*columns)
    expected = last_votes(log)
    assert list(as_dict(votes).items()) == list(expected.items())
    assert votes.shape == (len({p for p, _ in expected}), len({s for _, s in expected}))
    lines = "".join(f"{p},{s},{v}\n" for (p, s), v in expected.items())
    assert input_digest(votes) == hashlib.sha256(lines.encode()).hexdigest()


@given(LOGS)
def test_without_timestamps_the_later_line_wins(log: list[tuple[int, int, int, int]]) -> None:
    votes = Votes.from_log(*[[row[at] for row in log] for at in range(3)])
    assert as_dict(votes) == last_votes([(p, s, v, 0) for p, s, v, _ in log])


@given(LOGS, st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=200)
def test_any_order_gives_the_same_arrays(log: list, random: object, by_statement: bool) -> None:
    pairs = list(last_votes(log).items())
    shuffled = pairs.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    if by_statement:
        shuffled.sort(key=lambda one: one[0][1])
    first, second = (
        Votes.from_arrays([p for (p, _), _ in one], [s for (_, s), _ in one], [v for _, v in one])
        for one in (pairs, shuffled)
    )
    for name in ("participants", "statements", "row_start", "column", "vote"):
        ours, theirs = getattr(first, name), getattr(second, name)
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()


def test_foreign_byte_order_and_small_types_are_read() -> None:
    votes = Votes.from_arrays(
        np.array([9, 8, 8], ">i4"), np.array([1, 1, 2], ">i8"), np.array([1, -1, 0], ">i2")
    )
    assert as_dict(votes) == {(8, 1): -1, (8, 2): 0, (9, 1): 1}
    assert votes.vote.dtype == np.int8


@pytest.mark.parametrize("order", ["by statement", "mixed"])
def test_a_pair_given_twice_is_refused(order: str) -> None:
    people, statements = ([1, 1, 2], [5, 5, 6]) if order == "by statement" else ([1, 2, 1, 1], [5, 6, 6, 5])
    with pytest.raises(VotesError, match="given twice"):
        Votes.from_arrays(people, statements, [1] * len(people))


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        (([1], [1], [2]), "vote number 1 is 2"),
        (([1, 2], [1, 1], [0, -2]), "vote number 2 is -2"),
        (([1], [1, 2], [0]), "equally long"),
        (([[1]], [[1]], [[0]]), "equally long"),
        ((["a"], [1], [0]), "participant values must be integers"),
        (([1], [1.5], [0]), "statement values must be integers"),
        (([1], [1], [0.5]), "vote values must be integers"),
    ],
)
def test_what_cannot_be_votes_is_said(arrays: tuple, message: str) -> None:
    with pytest.raises(VotesError, match=message):
        Votes.from_arrays(*arrays)


def test_timestamps_must_match() -> None:
    with pytest.raises(VotesError, match="2 timestamps for 1 votes"):
        Votes.from_log([1], [1], [1], [5, 6])


def test_banned_people_leave_nothing_behind() -> None:
    votes = Votes.from_arrays([1, 1, 2, 3], [10, 11, 10, 12], [1, 0, -1, 1])
    assert as_dict(votes.without([3, 99])) == {(1, 10): 1, (1, 11): 0, (2, 10): -1}
    assert votes.without([3]).statements.tolist() == [10, 11]
    assert votes.without([99]) is votes


def test_many_statements_and_people_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide columns, several blocks of the order check, several pieces of the digest."""
    monkeypatch.setattr(votes_module, "DIGEST_VOTES_AT_ONCE", 1000)
    statements = np.arange(40_000)
    votes = Votes.from_arrays(np.repeat([5, -3], 40_000), np.tile(statements, 2), np.ones(80_000, np.int8))
    assert votes.column.dtype == np.int32
    assert votes.keys().dtype == np.int32
    assert votes.participants.tolist() == [-3, 5]
    lines = "".join(f"{p},{s},1\n" for p in (-3, 5) for s in range(40_000))
    assert input_digest(votes) == hashlib.sha256(lines.encode()).hexdigest()
