"""Votes of an export, as a log (votes.csv) or as a matrix (participants-votes.csv), millions of lines in
seconds.

Regular lines are taken apart with NumPy; a piece with anything unusual in it goes through the CSV reader,
cell by
cell, which either understands it or says exactly what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tequio.algorithms.opinion_map import Votes
from tequio.formats.errors import quoted
from tequio.formats.polis_cells import plain
from tequio.formats.polis_source import Header, Source, check_width, integer, read_header, rows

LOG_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
MATRIX_COLUMN = "participant"
ANSWER = "1 (agree), 0 (pass) or -1 (disagree)"
YES, NO = frozenset({"1", "true", "t", "yes"}), frozenset({"", "0", "false", "f", "no"})
MOST_DIGITS = 18

Longs = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class VoteLog:
    """Every vote a file holds, in its order; people may have voted twice on the same statement.

    participant, statement  int64[L]
    vote                    int8[L]       1 agree, 0 pass, -1 disagree
    timestamp               int64[L]      seconds or milliseconds as in the file; None in a matrix, which
                            has none
    important               bool[L]       the voter marked it; None where the file does not say
    xid                     {participant: the id they have elsewhere}
    group                   {participant: group}; a matrix may name it
    """

    participant: Longs
    statement: Longs
    vote: NDArray[np.int8]
    timestamp: Longs | None = None
    important: NDArray[np.bool_] | None = None
    xid: dict[int, str] = field(default_factory=dict)
    group: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.vote)

    def last_votes(self) -> Votes:
        """The greatest timestamp wins; at equal timestamps, and without any, the later line."""
        return Votes.from_log(self.participant, self.statement, self.vote, self.timestamp)


def read_votes(source: Source) -> VoteLog:
    """Either form, told apart by the header."""
    chunks = source.chunks()
    header, rest, line = read_header(source, chunks)
    body = chain([rest], chunks) if rest else chunks
    if MATRIX_COLUMN in header.place and "vote" not in header.place:
        return _read_matrix(source, header, body, line)
    if not any(name in header.place for name in LOG_COLUMNS):
        raise source.fault(
            "the columns timestamp, comment-id, voter-id, vote, or participant and one per statement",
            quoted(", ".join(header.names)),
            line=1,
        )
    header.require(source, LOG_COLUMNS)
    return _read_log(source, header, body, line)


class _Irregular(Exception):
    """The quick way does not understand this piece."""


@dataclass(eq=False, slots=True)
class _Log:
    """Columns of a log while it is read."""

    numbers: list[Longs] = field(default_factory=list)
    xid: dict[int, str] = field(default_factory=dict)


def _read_log(source: Source, header: Header, body: Iterable[bytes], line: int) -> VoteLog:
    log, pieces = _Log(), iter(body)
    wanted = [*LOG_COLUMNS, "important"] if "important" in header.place else list(LOG_COLUMNS)
    for chunk in pieces:
        try:
            if b'"' in chunk or "xid" in header.place:
                raise _Irregular
            log.numbers.append(_quick_log(chunk, header, wanted))
        except _Irregular:
            # A quoted cell may run on into the next piece: from there on everything goes the slow way.
            many = b'"' in chunk
            _slow_log(source, header, chain([chunk], pieces) if many else [chunk], line, wanted, log)
        line += chunk.count(b"\n")
    table = np.hstack([np.empty((len(wanted), 0), np.int64), *log.numbers])
    important = table[4].astype(bool) if len(wanted) > 4 else None
    return VoteLog(table[2], table[1], table[3].astype(np.int8), table[0], important, log.xid)


def _quick_log(chunk: bytes, header: Header, wanted: list[str]) -> Longs:
    """[wanted, lines] numbers of a piece in which every line has all cells and no quotation mark."""
    text, edges = _cells(chunk, len(header.names))
    columns = [header.place[name] for name in wanted]
    numbers = np.stack([_numbers(text, edges[:, at] + 1, edges[:, at + 1]) for at in columns])
    if (np.abs(numbers[3]) > 1).any() or (len(wanted) > 4 and (numbers[4] >> 1).any()):
        raise _Irregular
    return numbers


def _slow_log(
    source: Source, header: Header, pieces: Iterable[bytes], line: int, wanted: list[str], log: _Log
) -> None:
    found: list[list[int]] = []
    xid = header.place.get("xid")
    for at, cells in rows(source, pieces, line):
        check_width(source, header, cells, at)
        numbers = [_log_cell(source, name, cells[header.place[name]], at) for name in wanted]
        found.append(numbers)
        if xid is not None and cells[xid]:
            log.xid[numbers[2]] = plain(cells[xid])
    log.numbers.append(np.array(found, dtype=np.int64).reshape(-1, len(wanted)).T)


def _log_cell(source: Source, name: str, text: str, line: int) -> int:
    if name == "vote":
        return _answer(source, text, line, name)
    if name == "important":
        return truth(source, text, line, name)
    return integer(source, text, line, name)


def truth(source: Source, text: str, line: int, column: str) -> bool:
    """true, t, yes, 1 or false, f, no, 0, nothing; in any case."""
    word = text.strip().lower()
    if word not in YES and word not in NO:
        raise source.fault("true or false", quoted(text), line=line, column=column)
    return word in YES


def _answer(source: Source, text: str, line: int, column: str) -> int:
    value = text.strip()
    if value not in ("1", "0", "-1"):
        raise source.fault(ANSWER, quoted(text), line=line, column=column)
    return int(value)


def _read_matrix(source: Source, header: Header, body: Iterable[bytes], line: int) -> VoteLog:
    statements = [(int(name), at) for name, at in header.place.items() if _is_id(name)]
    ids = np.array([statement for statement, _ in statements], dtype=np.int64)
    columns = np.array([at for _, at in statements], dtype=np.intp)
    if len(np.unique(ids)) < len(ids):
        raise source.fault("each statement once", "two columns with the same number", line=1)
    parts: list[tuple[Longs, Longs, NDArray[np.int8]]] = []
    people: dict[int, int] = {}
    groups: dict[int, int] = {}
    pieces = iter(body)
    for chunk in pieces:
        begins = line
        line += chunk.count(b"\n")
        try:
            if b'"' in chunk:
                raise _Irregular
            read: Iterator[Any] = iter([_quick_matrix(chunk, header, columns)])
        except _Irregular:
            many = b'"' in chunk
            read = _slow_matrix(source, header, chain([chunk], pieces) if many else [chunk], begins, columns)
        for lines, participants, named, where, answers in read:
            _note_people(source, participants, named, lines if lines is not None else begins, people, groups)
            parts.append((participants[where[0]], ids[where[1]], answers))
    empty = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int8))
    joined = [np.concatenate(column) for column in zip(empty, *parts, strict=True)]
    return VoteLog(joined[0], joined[1], joined[2], group=groups)


def _note_people(
    source: Source,
    participants: Longs,
    named: list[int | None],
    begins: int,
    people: dict[int, int],
    groups: dict[int, int],
) -> None:
    """Each participant has one row; remembers the group a row names."""
    for offset, (person, group) in enumerate(zip(participants.tolist(), named, strict=True)):
        if person in people:
            raise source.fault(
                f"one row for participant {person}",
                f"another one, after line {people[person]}",
                line=begins + offset,
                column=MATRIX_COLUMN,
            )
        people[person] = begins + offset
        if group is not None:
            groups[person] = group


def _quick_matrix(chunk: bytes, header: Header, columns: NDArray[np.intp]) -> Any:
    """(None, participants, their groups, (line, column) of each vote, votes) of a regular piece."""
    text, edges = _cells(chunk, len(header.names))
    at = header.place[MATRIX_COLUMN]
    participants = _numbers(text, edges[:, at] + 1, edges[:, at + 1])
    begins, ends = edges[:, columns] + 1, edges[:, columns + 1]
    width = ends - begins
    where = np.nonzero(width)
    begins, width = begins[where], width[where]
    first, last = text[begins], text[begins + width - 1]
    minus = width == 2
    if not (
        (width <= 2) & ((first == ord("-")) == minus) & ((last == ord("1")) | ((last == ord("0")) & ~minus))
    ).all():
        raise _Irregular
    answers = (last - np.uint8(ord("0"))).astype(np.int8)
    answers[minus] = -1
    return None, participants, _quick_groups(text, edges, header), where, answers


def _quick_groups(text: NDArray[np.uint8], edges: Longs, header: Header) -> list[int | None]:
    at = header.place.get("group-id")
    if at is None:
        return [None] * len(edges)
    begins, ends = edges[:, at] + 1, edges[:, at + 1]
    has = ends > begins
    numbers = np.zeros(len(edges), dtype=np.int64)
    if has.any():
        numbers[has] = _numbers(text, begins[has], ends[has])
    return [number if there else None for number, there in zip(numbers.tolist(), has.tolist(), strict=True)]


def _slow_matrix(
    source: Source, header: Header, pieces: Iterable[bytes], line: int, columns: NDArray[np.intp]
) -> Iterator[Any]:
    """As _quick_matrix, row by row, with the line of each."""
    group_at = header.place.get("group-id")
    for at, cells in rows(source, pieces, line):
        check_width(source, header, cells, at)
        person = integer(source, cells[header.place[MATRIX_COLUMN]], at, MATRIX_COLUMN)
        name = cells[group_at].strip() if group_at is not None else ""
        group = integer(source, name, at, "group-id") if name else None
        given = [index for index, column in enumerate(columns) if cells[column].strip()]
        answers = [
            _answer(source, cells[columns[index]], at, header.names[columns[index]]) for index in given
        ]
        where = (np.zeros(len(given), np.intp), np.array(given, dtype=np.intp))
        yield at, np.array([person]), [group], where, np.array(answers, dtype=np.int8)


def _is_id(name: str) -> bool:
    digits = name.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS


def _cells(chunk: bytes, width: int) -> tuple[NDArray[np.uint8], Longs]:
    """(the bytes, [lines, width + 1] edges): cell c of a line stands between edge c and edge c + 1, both
    exclusive.
    """
    if b"\r" in chunk:
        chunk = chunk.replace(b"\r\n", b"\n")
    if not chunk.endswith(b"\n"):
        chunk += b"\n"
    text = np.frombuffer(chunk, dtype=np.uint8)
    marks = np.flatnonzero((text == ord(",")) | (text == ord("\n")))
    if len(marks) % width or b"\r" in chunk:
        raise _Irregular
    ends = marks.reshape(-1, width)
    if (text[ends[:, -1]] != ord("\n")).any() or (text[ends[:, :-1]] != ord(",")).any():
        raise _Irregular
    before = np.concatenate(([-1], ends[:-1, -1]))
    return text, np.column_stack([before, ends])


def _numbers(text: NDArray[np.uint8], begins: Longs, ends: Longs) -> Longs:
    """The integers in text[begins:ends]; _Irregular unless each is one to eighteen digits with an optional
    minus.
    """
    minus = text[begins] == ord("-")
    begins = begins + minus
    width = ends - begins
    longest = int(width.max())
    if longest > MOST_DIGITS or width.min() < 1:
        raise _Irregular
    value = np.zeros(len(begins), dtype=np.int64)
    for place in range(longest):
        inside = width > place
        digit = text[np.where(inside, begins + place, begins)] - np.uint8(ord("0"))
        if (digit > 9).any():
            raise _Irregular
        value = np.where(inside, value * 10 + digit, value)
    return np.where(minus, -value, value)
