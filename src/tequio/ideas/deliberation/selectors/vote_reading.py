"""Votes of a conversation as the opinion map wants them, straight from PostgreSQL into arrays.

The database packs the votes of each statement into one byte string; a few hundred of them arrive by binary COPY in
one round trip, whatever the number of people. Nothing is done vote by vote in Python.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Q
from numpy.typing import NDArray

from tequio.algorithms.opinion_map import Votes
from tequio.catalogue.enums import ItemState

from ..enums import CohortState
from ..models import Conversation, Participant, Statement

# Whole numbers of 64 bits, in the order of bytes they came in.
Packed = NDArray[Any]

# A vote as one number, so that one column travels instead of two: participant * 4 + vote + 1.
COPY_VOTES = """
COPY (
    SELECT statement_id, string_agg(int8send(participant_id * 4 + value + 1), '')
    FROM deliberation_statementvote WHERE statement_id = ANY(%s::bigint[]) GROUP BY statement_id
) TO STDOUT (FORMAT BINARY)
"""
# Workers would be faster by the clock, and dearer for everybody who votes meanwhile. A page out of order costs hardly
# more than the next one: with that the planner reads the index alone once the table was vacuumed, the table before.
PLAN = """
SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL random_page_cost = 1.1; SET LOCAL statement_timeout = '10min'
"""
SOURCES = """
SELECT string_agg(int8send(id), '') FILTER (WHERE source IS NOT NULL),
    string_agg(int8send(source), '') FILTER (WHERE source IS NOT NULL),
    string_agg(int8send(id), '') FILTER (WHERE source IS NULL)
FROM deliberation_participant WHERE conversation_id = %s
"""
# The signature, flags and the length of an extension area that PostgreSQL leaves empty.
COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_END = b"\xff\xff"
ROW = struct.Struct(">hiqi")
# What waits for a moderator or was withdrawn has no column; what was declined has one that is 0 throughout.
COUNTED_STATES = (ItemState.PUBLISHED, ItemState.DECLINED)
SET_ASIDE = (CohortState.ASIDE, CohortState.CONFIRMED)
# Ids spread wider than this, and than four times the votes, are found by search and not by a table.
SMALL_TABLE = 1 << 20


@dataclass(frozen=True, eq=False)
class VoteReading:
    """The votes that count, under the numbers the public knows.

    votes     participants by public number, statements by their number in the conversation
    persons   int64[N]  ids of our participant rows, in the order of votes.participants
    zeroed    numbers of statements that count as 0 for everybody: not shown, or about the people themselves
    meta      numbers of those about the people themselves
    """

    votes: Votes
    persons: NDArray[np.int64]
    zeroed: list[int]
    meta: list[int]


def read_votes(conversation: Conversation, *, with_set_aside: bool = False) -> VoteReading:
    """Everybody's last answers, without people who are banned, set aside or took theirs back; an answer to a merged statement counts for the other one.

    The same answers as an export writes, under the same numbers.
    """
    rows = list(
        Statement.objects.filter(conversation=conversation, item__state__in=COUNTED_STATES)
        .order_by("number")
        .values_list("item_id", "number", "is_meta", "merged_into_id", "item__state", "item__hidden_by")
    )
    packed = _copy_votes([row[0] for row in rows])
    _merge(packed, {row[0]: row[3] for row in rows if row[3]})
    votes = _as_votes(packed, {row[0]: row[1] for row in rows})
    rule = Q(is_banned=True) | Q(withdrawn_at__isnull=False)
    if not with_set_aside:
        rule |= Q(cohort__state__in=SET_ASIDE)
    gone = Participant.objects.filter(rule, conversation=conversation).values_list("pk", flat=True)
    votes = votes.without(np.fromiter(gone, np.int64))
    votes, persons = _with_public_numbers(votes, conversation)
    hidden = [row[1] for row in rows if row[4] != ItemState.PUBLISHED or row[5]]
    meta = [row[1] for row in rows if row[2]]
    voted = set(votes.statements.tolist())
    return VoteReading(
        votes, persons, sorted(voted.intersection(hidden + meta)), sorted(voted.intersection(meta))
    )


def _copy_votes(statement_ids: list[int]) -> dict[int, Packed]:
    """By statement id; statements nobody answered are absent."""
    if not statement_ids:
        return {}
    # The driver's own cursor: Django's wrapper for debugging knows COPY only without parameters.
    with transaction.atomic(), connection.connection.cursor() as cursor:
        cursor.execute(PLAN)
        with cursor.copy(COPY_VOTES, [statement_ids]) as copy:
            return dict(_read_rows(copy))


def _read_rows(blocks: Any) -> Iterator[tuple[int, Packed]]:
    """(statement id, packed votes) from the blocks of a binary COPY, one row in each; the first has the header."""
    for number, block in enumerate(blocks):
        data = memoryview(block)
        if number == 0:
            if data[: len(COPY_HEADER)] != COPY_HEADER:
                raise ValueError("the database sent no binary COPY")
            data = data[len(COPY_HEADER) :]
        if not data or data == COPY_END:
            continue
        fields, _width, statement, length = ROW.unpack_from(data)
        if fields != 2 or len(data) != ROW.size + length or length % 8:
            raise ValueError(f"row {number} of the votes has {fields} columns and {len(data)} bytes")
        yield statement, np.frombuffer(data, ">i8", offset=ROW.size)


def _merge(packed: dict[int, Packed], merged_into: dict[int, int]) -> None:
    """Move the answers of merged statements to where they lead; one's own answer there is the one that counts."""
    for source in sorted(merged_into):
        moved = packed.pop(source, None)
        target = _end_of(source, merged_into)
        if moved is None or target == source:
            continue
        present = packed.get(target, np.empty(0, ">i8"))
        is_new = ~np.isin(moved >> 2, present >> 2)
        packed[target] = np.concatenate([present, moved[is_new]])


def _end_of(statement: int, merged_into: dict[int, int]) -> int:
    """Where a chain of merges ends; the statement itself when it leads in a circle."""
    seen, at = {statement}, statement
    while at in merged_into:
        at = merged_into[at]
        if at in seen:
            return statement
        seen.add(at)
    return at


def _as_votes(packed: dict[int, Packed], numbers: dict[int, int]) -> Votes:
    """Votes with our participant ids and the statements' numbers.

    A counting sort, statement by statement: blocks of some thousand votes stay in the cache, and nothing as long as
    all votes is made but the result. Nobody is twice in a block, the database's constraint sees to that.
    """
    blocks = [packed[statement] for statement in sorted(packed, key=lambda statement: numbers[statement])]
    if not blocks:
        return Votes.from_arrays([], [], [])
    persons, rows_of = _persons_in(blocks)
    votes_each = np.zeros(len(persons), np.int64)
    for block in blocks:
        votes_each[rows_of(block.astype(np.int64) >> 2)] += 1
    row_start = np.concatenate(([0], np.cumsum(votes_each)))
    column = np.empty(row_start[-1], np.int16 if len(blocks) <= 32767 else np.int32)
    vote = np.empty(row_start[-1], np.int8)
    free = row_start[:-1].copy()
    for index, block in enumerate(blocks):
        whole = block.astype(np.int64)
        rows = rows_of(whole >> 2)
        places = free[rows]
        free[rows] = places + 1
        column[places] = index
        vote[places] = (whole & 3) - 1
    return Votes(persons, np.array(sorted(numbers[pk] for pk in packed), np.int64), row_start, column, vote)


def _persons_in(blocks: list[Packed]) -> tuple[NDArray[np.int64], Callable[[Packed], Packed]]:
    """(distinct participant ids ascending, what gives the row of each id)."""
    low, high = (int(end([int(end(block)) for block in blocks])) >> 2 for end in (np.min, np.max))
    if high - low > max(SMALL_TABLE, 4 * sum(map(len, blocks))):
        persons = np.unique(np.concatenate([block.astype(np.int64) >> 2 for block in blocks]))
        return persons, lambda ids: np.searchsorted(persons, ids)
    seen = np.zeros(high - low + 1, dtype=bool)
    for block in blocks:
        seen[(block.astype(np.int64) >> 2) - low] = True
    place = np.cumsum(seen) - 1
    return np.flatnonzero(seen) + low, lambda ids: place[ids - low]


def _with_public_numbers(votes: Votes, conversation: Conversation) -> tuple[Votes, NDArray[np.int64]]:
    """The same votes under the numbers of `pseudonyms`, ascending, and our ids in that order."""
    ours = votes.participants
    public = _public_numbers(ours, conversation)
    if (np.diff(public) > 0).all():
        return Votes(public, votes.statements, votes.row_start, votes.column, votes.vote), ours
    order = np.argsort(public)
    lengths = votes.votes_per_participant[order]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    picked = np.repeat(votes.row_start[:-1][order] - starts[:-1], lengths) + np.arange(starts[-1])
    reordered = Votes(public[order], votes.statements, starts, votes.column[picked], votes.vote[picked])
    return reordered, ours[order]


def _public_numbers(ours: NDArray[np.int64], conversation: Conversation) -> NDArray[np.int64]:
    """The number of the imported file; those who came here count on from the highest, in the order they came.

    The rule of `pseudonyms`, for everybody at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [conversation.pk])
        columns = cursor.fetchone()
    imported, source, came = (np.frombuffer(column or b"", ">i8").astype(np.int64) for column in columns)
    numbers = np.concatenate([source, np.arange(len(came)) + (source.max() + 1 if len(source) else 0)])
    known = np.concatenate([imported, np.sort(came)])
    order = np.argsort(known)
    return numbers[order][np.searchsorted(known[order], ours)]
