"""Votes of a conversation as the opinion map wants them, straight from PostgreSQL into arrays.

The database packs the votes of each statement into one byte string; a few hundred of them arrive by binary COPY in
one round trip, whatever the number of people. Nothing is done vote by vote in Python.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Q
from numpy.typing import NDArray

from tequio.algorithms.opinion_map import Votes
from tequio.catalogue.enums import ItemState

from ..models import Conversation, Participant, Statement

Packed = NDArray[np.int64]

# A vote as one number, so that one column travels instead of two: participant * 4 + vote + 1.
COPY_VOTES = """
COPY (
    SELECT statement_id, string_agg(int8send(participant_id * 4 + value + 1), '')
    FROM deliberation_statementvote WHERE statement_id = ANY(%s::bigint[]) GROUP BY statement_id
) TO STDOUT (FORMAT BINARY)
"""
NUMBERED = """
SELECT string_agg(int8send(id), '' ORDER BY id), string_agg(int8send(source), '' ORDER BY id)
FROM deliberation_participant WHERE conversation_id = %s AND source IS NOT NULL
"""
# The signature, flags and the length of an extension area that PostgreSQL leaves empty.
COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
COPY_END = b"\xff\xff"
ROW = struct.Struct(">hiqi")


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


def read_votes(conversation: Conversation) -> VoteReading:
    """Everybody's last answers, without people who are banned or took theirs back; an answer to a merged statement counts for the other one.

    A participant's public number is the one of the imported file; those who came here are numbered behind.
    """
    rows = list(
        Statement.objects.filter(conversation=conversation)
        .order_by("number")
        .values_list("item_id", "number", "is_meta", "merged_into_id", "item__state", "item__hidden_by")
    )
    packed = _copy_votes([row[0] for row in rows])
    _merge(packed, {row[0]: row[3] for row in rows if row[3]})
    votes = _as_votes(packed, {row[0]: row[1] for row in rows})
    gone = Participant.objects.filter(
        Q(is_banned=True) | Q(withdrawn_at__isnull=False), conversation=conversation
    ).values_list("pk", flat=True)
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
        # Workers would be faster by the clock, and dearer for everybody who votes meanwhile.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
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
        yield statement, np.frombuffer(data, ">i8", offset=ROW.size).astype(np.int64)


def _merge(packed: dict[int, Packed], merged_into: dict[int, int]) -> None:
    """Move the answers of merged statements to where they lead; one's own answer there is the one that counts."""
    for source in sorted(merged_into):
        moved = packed.pop(source, None)
        target = _end_of(source, merged_into)
        if moved is None or target == source:
            continue
        present = packed.get(target, np.empty(0, np.int64))
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
    """Votes with our participant ids and the statements' numbers."""
    ordered = sorted(packed, key=lambda statement: numbers[statement])
    lengths = [len(packed[statement]) for statement in ordered]
    every = np.concatenate([packed[statement] for statement in ordered]) if ordered else np.empty(0, np.int64)
    topics = np.repeat(np.array([numbers[statement] for statement in ordered], np.int64), lengths)
    values = (every & 3).astype(np.int8)
    values -= 1
    every >>= 2
    return Votes.from_arrays(every, topics, values)


def _with_public_numbers(votes: Votes, conversation: Conversation) -> tuple[Votes, NDArray[np.int64]]:
    """The same votes under public participant numbers, ascending, and our ids in that order."""
    ours = votes.participants
    known, source = _imported_numbers(conversation)
    public = ours.copy()
    if len(known):
        place = np.minimum(np.searchsorted(known, ours), len(known) - 1)
        public = np.where(known[place] == ours, source[place], ours + source.max() + 1)
    if (np.diff(public) > 0).all():
        return Votes(public, votes.statements, votes.row_start, votes.column, votes.vote), ours
    order = np.argsort(public)
    lengths = votes.votes_per_participant[order]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    picked = np.repeat(votes.row_start[:-1][order] - starts[:-1], lengths) + np.arange(starts[-1])
    reordered = Votes(public[order], votes.statements, starts, votes.column[picked], votes.vote[picked])
    return reordered, ours[order]


def _imported_numbers(conversation: Conversation) -> tuple[Packed, Packed]:
    """(our ids ascending, the numbers in the imported file) of those who came with it."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, [conversation.pk])
        columns = cursor.fetchone()
    ours, source = (np.frombuffer(column or b"", ">i8").astype(np.int64) for column in columns)
    return ours, source
