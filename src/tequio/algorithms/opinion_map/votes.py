"""Votes as arrays: one canonical form, whatever order they came in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.integer[Any]]

# Ids spread over a wider range than this many times the votes are ranked by sorting, not by a table.
TABLE_SPREAD = 4
SMALL_TABLE = 1 << 20
DIGEST_VOTES_AT_ONCE = 1 << 18


class VotesError(ValueError):
    """The arrays cannot be read as votes; the message says which value and where."""


@dataclass(frozen=True, eq=False, slots=True)
class Votes:
    """The last vote of each participant on each statement, sorted by participant, then statement.

    participants  int64[N]    ids, ascending, each with at least one vote
    statements    int64[M]    ids, ascending, each with at least one vote
    row_start     int64[N+1]  the votes of participant i are row_start[i]:row_start[i+1]
    column        int16[V]    index into statements (int32 from 32,768 statements on)
    vote          int8[V]     1 agree, -1 disagree, 0 pass
    """

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    row_start: NDArray[np.int64]
    column: Integers
    vote: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.vote)

    @property
    def shape(self) -> tuple[int, int]:
        """(people, statements)."""
        return len(self.participants), len(self.statements)

    @property
    def row(self) -> NDArray[np.int32]:
        """int32[V]: index into participants; made anew each time it is asked for."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.votes_per_participant)

    @property
    def votes_per_participant(self) -> NDArray[np.int64]:
        return np.diff(self.row_start)

    @classmethod
    def from_arrays(cls, participant_ids: ArrayLike, statement_ids: ArrayLike, votes: ArrayLike) -> Votes:
        """From three arrays of equal length, each pair of participant and statement at most once.

        Any order will do; sorted by participant or grouped by statement costs no sort.
        Raises VotesError for a vote other than -1, 0, 1, unequal lengths or a pair given twice.
        """
        people, topics, values = _checked(participant_ids, statement_ids, votes)
        participants, row = rank(people)
        statements, index = rank(topics)
        row_start = _starts(row, len(participants))
        column: Integers = index.astype(np.int16 if len(statements) <= 32767 else np.int32, copy=False)
        if not _is_sorted(row, column):
            column, values = _by_row(row, column, values, row_start)
        return cls(participants, statements, row_start, column, values)

    @classmethod
    def from_log(
        cls,
        participant_ids: ArrayLike,
        statement_ids: ArrayLike,
        votes: ArrayLike,
        timestamps: ArrayLike | None = None,
    ) -> Votes:
        """From a log with changed votes: the greatest timestamp wins, at equal ones the later line."""
        people, topics, values = _checked(participant_ids, statement_ids, votes)
        times = None if timestamps is None else np.asarray(timestamps)
        if times is not None and times.shape != values.shape:
            raise VotesError(f"{len(times)} timestamps for {len(values)} votes")
        keep = _last_of_each_pair(people, topics, times)
        if keep is not None:
            people, topics, values = people[keep], topics[keep], values[keep]
        return cls.from_arrays(people, topics, values)

    def without(self, participant_ids: ArrayLike) -> Votes:
        """The same without those people (banned ones); statements left without a vote go too."""
        gone = np.isin(self.participants, np.asarray(participant_ids, dtype=np.int64))
        if not gone.any():
            return self
        row = self.row
        stays = ~gone[row]
        return Votes.from_arrays(
            self.participants[row[stays]], self.statements[self.column[stays]], self.vote[stays]
        )

    def keys(self) -> Integers:
        """column * 3 + vote + 1 for every vote, in the smallest type that holds it."""
        kind = np.uint16 if 3 * len(self.statements) <= 65536 else np.int32
        keys: Any = self.column.astype(kind)
        keys *= 3
        keys += (self.vote + np.int8(1)).astype(np.uint8)
        return keys


def input_digest(votes: Votes) -> str:
    """SHA-256 in hex of the lines "participant,statement,vote\\n" sorted by the two integers."""
    people, topics = votes.participants.tolist(), votes.statements.tolist()
    endings = np.array(
        [b"%d,%d\n" % (topic, vote) for topic in topics for vote in (-1, 0, 1)], dtype=np.bytes_
    )
    digest = hashlib.sha256()
    first = 0
    while first < len(people):
        reach = votes.row_start[first] + DIGEST_VOTES_AT_ONCE
        last = max(first + 1, int(np.searchsorted(votes.row_start, reach, "right")) - 1)
        digest.update(_lines(votes, people[first:last], first, last, endings))
        first = last
    return digest.hexdigest()


def _lines(votes: Votes, people: list[int], first: int, last: int, endings: NDArray[np.bytes_]) -> bytes:
    """The digest's lines of some people: two columns of fixed width, the padding cut out afterwards."""
    begin, end = votes.row_start[first], votes.row_start[last]
    openings = np.array([b"%d," % person for person in people], dtype=np.bytes_)
    line = np.empty(end - begin, dtype=[("opening", openings.dtype), ("ending", endings.dtype)])
    line["opening"] = np.repeat(openings, np.diff(votes.row_start[first : last + 1]))
    line["ending"] = endings[votes.column[begin:end].astype(np.int64) * 3 + votes.vote[begin:end] + 1]
    return line.tobytes().translate(None, b"\0")


def rank(ids: Integers) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """(the distinct ids ascending, the index of each given id among them)."""
    if not len(ids):
        return np.empty(0, np.int64), np.empty(0, np.int32)
    low, high = int(ids.min()), int(ids.max())
    spread = high - low + 1
    if spread > max(SMALL_TABLE, TABLE_SPREAD * len(ids)):
        distinct, index = np.unique(ids, return_inverse=True)
        return distinct.astype(np.int64), index.astype(np.int32)
    shifted = ids - ids.dtype.type(low)
    seen = np.zeros(spread, dtype=bool)
    seen[shifted] = True
    distinct = np.flatnonzero(seen).astype(np.int64) + low
    if len(distinct) == spread:
        return distinct, shifted.astype(np.int32)
    place = np.cumsum(seen, dtype=np.int32)
    place -= 1
    return distinct, place[shifted]


def _checked(
    participant_ids: ArrayLike, statement_ids: ArrayLike, votes: ArrayLike
) -> tuple[Integers, Integers, NDArray[np.int8]]:
    people, topics, values = np.asarray(participant_ids), np.asarray(statement_ids), np.asarray(votes)
    if not (people.ndim == topics.ndim == values.ndim == 1 and len(people) == len(topics) == len(values)):
        raise VotesError(
            f"participants, statements and votes must be equally long lists, not of shapes "
            f"{people.shape}, {topics.shape}, {values.shape}"
        )
    if not len(values):
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int8)
    for name, array in (("participant", people), ("statement", topics), ("vote", values)):
        if array.dtype.kind not in "iu":
            raise VotesError(f"{name} values must be integers, not {array.dtype}")
    if values.min() < -1 or values.max() > 1:
        at = int(np.flatnonzero((values < -1) | (values > 1))[0])
        raise VotesError(
            f"vote number {at + 1} is {values[at]}; 1 (agree), 0 (pass) or -1 (disagree) was expected"
        )
    return people, topics, values.astype(np.int8, copy=False)


def _starts(row: NDArray[np.int32], people: int) -> NDArray[np.int64]:
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=people), out=starts[1:])
    return starts


def _is_sorted(row: NDArray[np.int32], column: Integers) -> bool:
    """True when (row, column) rises strictly from vote to vote."""
    for begin in range(0, len(row) - 1, 1 << 18):
        part = slice(begin, begin + (1 << 18) + 1)
        rows, columns = row[part], column[part]
        rises = rows[1:] > rows[:-1]
        rises |= (rows[1:] == rows[:-1]) & (columns[1:] > columns[:-1])
        if not rises.all():
            return False
    return True


def _by_row(
    row: NDArray[np.int32], column: Integers, values: NDArray[np.int8], row_start: NDArray[np.int64]
) -> tuple[Integers, NDArray[np.int8]]:
    """Columns and votes in the order of (row, column)."""
    edges = np.flatnonzero(column[1:] != column[:-1]) + 1
    if len(edges) <= int(column.max()):
        return _counting_sort(row, column, values, row_start, edges)
    bits = int(column.max()).bit_length()
    packed = row.astype(np.int64)
    packed <<= bits
    packed |= column
    packed <<= 2
    packed |= (values + np.int8(1)).astype(np.uint8)
    packed.sort()
    ordered = (packed & 3).astype(np.int8)
    ordered -= 1
    packed >>= 2
    twice = packed[1:] == packed[:-1]
    if twice.any():
        raise VotesError("a participant and statement are given twice; from_log keeps the last vote")
    packed &= (1 << bits) - 1
    return packed.astype(column.dtype), ordered


def _counting_sort(
    row: NDArray[np.int32],
    column: Integers,
    values: NDArray[np.int8],
    row_start: NDArray[np.int64],
    edges: NDArray[np.intp],
) -> tuple[Integers, NDArray[np.int8]]:
    """As _by_row for votes grouped by statement: each goes to the next free place of its row."""
    begins = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(column)]))
    free = row_start[:-1].copy()
    columns, ordered = np.empty_like(column), np.empty_like(values)
    for group in np.argsort(column[begins]):
        part = slice(begins[group], ends[group])
        rows = row[part]
        places = free[rows]
        free[rows] = places + 1
        columns[places] = column[part.start]
        ordered[places] = values[part]
    if not np.array_equal(free, row_start[1:]):
        raise VotesError("a participant and statement are given twice; from_log keeps the last vote")
    return columns, ordered


def _last_of_each_pair(
    people: Integers, topics: Integers, times: NDArray[Any] | None
) -> NDArray[np.intp] | None:
    """Indices of the votes that count, or None when no pair comes twice."""
    _, row = rank(people)
    statements, column = rank(topics)
    pair = row.astype(np.int64)
    pair *= max(len(statements), 1)
    pair += column
    ordered = np.sort(pair)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(repeated):
        return None
    again = np.flatnonzero(np.isin(pair, repeated))
    keys = (again, pair[again]) if times is None else (again, times[again], pair[again])
    by_pair = again[np.lexsort(keys)]
    is_last = np.append(pair[by_pair][1:] != pair[by_pair][:-1], True)
    counts = np.ones(len(pair), dtype=bool)
    counts[again] = False
    counts[by_pair[is_last]] = True
    return np.flatnonzero(counts)
