"""Writes an export folder: what is written, read back, is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

import numpy as np

from tequio.algorithms.opinion_map import Votes
from tequio.formats.polis_cells import text_cell
from tequio.formats.polis_comments import Comment
from tequio.formats.polis_votes import VoteLog

# Timestamps above this count milliseconds: in seconds they would lie beyond the year 5000.
SECONDS_END = 100_000_000_000
LINES_AT_ONCE = 1 << 16


def write_votes(log: VoteLog, out: TextIO) -> None:
    """votes.csv, in the order of the log; a log without timestamps is written with 0 and no date."""
    names = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    names += ["important"] if log.important is not None else []
    names += ["xid"] if log.xid else []
    out.write(",".join(names) + "\n")
    for begin in range(0, len(log), LINES_AT_ONCE):
        out.write("".join(_vote_lines(log, slice(begin, begin + LINES_AT_ONCE))))


def _vote_lines(log: VoteLog, part: slice) -> Iterator[str]:
    people, topics, answers = (
        log.participant[part].tolist(),
        log.statement[part].tolist(),
        log.vote[part].tolist(),
    )
    times = log.timestamp[part].tolist() if log.timestamp is not None else [0] * len(people)
    marks = log.important[part].tolist() if log.important is not None else None
    dates = dates_of(times)
    for index, (person, topic, answer, time) in enumerate(zip(people, topics, answers, times, strict=True)):
        line = f"{time},{dates[index]},{topic},{person},{answer}"
        if marks is not None:
            line += ",1" if marks[index] else ",0"
        if log.xid:
            line += "," + (text_cell(log.xid[person]) if person in log.xid else "")
        yield line + "\n"


def write_matrix(
    votes: Votes, out: TextIO, *, groups: Mapping[int, int] | None = None, comments: Iterable[Comment] = ()
) -> None:
    """participants-votes.csv: a row for each participant, a column for each statement."""
    groups = groups or {}
    written: dict[int | None, int] = {}
    for comment in comments:
        written[comment.author] = written.get(comment.author, 0) + 1
    head = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    out.write(",".join([*head, *map(str, votes.statements.tolist())]) + "\n")
    for index, person in enumerate(votes.participants.tolist()):
        part = slice(votes.row_start[index], votes.row_start[index + 1])
        answers = votes.vote[part]
        cells = [""] * len(votes.statements)
        for column, answer in zip(votes.column[part].tolist(), answers.tolist(), strict=True):
            cells[column] = str(answer)
        counts = (written.get(person, 0), len(answers), np.sum(answers == 1), np.sum(answers == -1))
        out.write(",".join([str(person), str(groups.get(person, "")), *map(str, counts), *cells]) + "\n")


def write_comments(comments: Iterable[Comment], out: TextIO) -> None:
    """comments.csv with every column the reader knows."""
    names = ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated"]
    out.write(",".join([*names, "is-meta", "is-seed", "merged-into", "comment-body"]) + "\n")
    for comment in comments:
        when = "" if comment.timestamp is None else dates_of([comment.timestamp])[0]
        numbers: list[Any] = [
            comment.timestamp,
            when,
            comment.id,
            comment.author,
            comment.agrees,
            comment.disagrees,
        ]
        numbers += [comment.moderated, int(comment.is_meta), int(comment.is_seed), comment.merged_into]
        cells = ["" if value is None else str(value) for value in numbers]
        out.write(",".join([*cells, text_cell(comment.body)]) + "\n")


def write_summary(facts: Mapping[str, str], out: TextIO) -> None:
    """summary.csv: a name and a value a line; numbers stay numbers."""
    for name, value in facts.items():
        is_number = value.isascii() and value.isdigit()
        out.write(f"{name},{value if is_number else text_cell(value)}\n")


def dates_of(timestamps: Sequence[int]) -> list[str]:
    """2019-08-01T01:51:08Z for seconds or milliseconds since 1970; nothing for 0 or beyond reason."""
    times = np.array(timestamps, dtype=np.int64)
    seconds = np.where(times > SECONDS_END, times // 1000, times)
    known = (seconds > 0) & (seconds <= SECONDS_END)
    dates = np.datetime_as_string(
        np.where(known, seconds, 0).astype("datetime64[s]"), timezone="UTC"
    ).tolist()
    return [date if there else "" for date, there in zip(dates, known.tolist(), strict=True)]
