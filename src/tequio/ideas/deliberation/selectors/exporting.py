"""A conversation in the field's export format, written without ever holding its votes in memory.

Participants have the numbers of `pseudonyms`, statements those they have on their pages. Statements that wait for a
moderator are left out; those that were declined have no words unless the folder is `with_declined`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import IO, Any, TextIO

from django.db import connection, transaction
from django.db.models import Count, Q

from tequio.base.moments import EPOCH
from tequio.base.multilingual import original_text
from tequio.catalogue.enums import ItemState
from tequio.formats.polis_comments import Comment
from tequio.formats.polis_write import write_comments, write_summary

from ..models import Conversation, OpinionMap, Statement
from .pseudonyms import NUMBERED, numbers_of

FILES = ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv")
ROWS_AT_ONCE = 2_000
# What a conversation may export: all but what waits for a moderator or was withdrawn.
SHOWN = "item.state IN ('published', 'declined')"

# The answers that count, as the map counts them: without banned people and cohorts that are set aside; an answer to a merged statement stands for the
# other one, unless she answered that herself, or another that went there and is older.
COUNTED = f"""
    SELECT vote.participant_id, coalesce(target.number, statement.number) AS number,
        vote.value, vote.is_important, vote.at
    FROM deliberation_statementvote vote
    JOIN deliberation_statement statement ON statement.item_id = vote.statement_id
    JOIN catalogue_item item ON item.id = statement.item_id
    JOIN deliberation_participant participant ON participant.id = vote.participant_id AND NOT participant.is_banned
        AND participant.withdrawn_at IS NULL AND (
            participant.cohort_id IS NULL
            OR participant.cohort_id IN (SELECT id FROM deliberation_cohort WHERE state = 'released')
        )
    LEFT JOIN deliberation_statement target ON target.item_id = statement.merged_into_id
    WHERE statement.conversation_id = %(conversation)s AND {SHOWN} AND (
        statement.merged_into_id IS NULL OR NOT EXISTS (
            SELECT FROM deliberation_statementvote other
            JOIN deliberation_statement twin ON twin.item_id = other.statement_id
            WHERE other.participant_id = vote.participant_id AND (
                twin.item_id = statement.merged_into_id
                OR (twin.merged_into_id = statement.merged_into_id AND twin.item_id < statement.item_id)
            )
        )
    )
"""  # noqa: S608
# A file has milliseconds where the table has microseconds: cut, never rounded, and sorted as the file says it, so that
# what is taken in again is written out the same.
VOTES = f"""
COPY (
    WITH numbered AS ({NUMBERED}), counted AS ({COUNTED})
    SELECT
        floor(extract(epoch FROM counted.at) * 1000)::bigint AS "timestamp",
        to_char(counted.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "datetime",
        counted.number AS "comment-id",
        numbered.number AS "voter-id",
        counted.value AS vote,
        counted.is_important::int AS important
    FROM counted JOIN numbered ON numbered.id = counted.participant_id
    ORDER BY counted.number, "timestamp", numbered.number
) TO STDOUT (FORMAT csv, HEADER)
"""  # noqa: S608
MATRIX = f"""
WITH numbered AS ({NUMBERED}), counted AS ({COUNTED})
SELECT numbered.number,
    (SELECT count(*) FROM deliberation_statement own JOIN catalogue_item item ON item.id = own.item_id
     WHERE own.author_id = numbered.id AND {SHOWN}),
    array_agg(counted.number), array_agg(counted.value)
FROM numbered JOIN counted ON counted.participant_id = numbered.id
GROUP BY numbered.id, numbered.number ORDER BY numbered.number
"""  # noqa: S608
TALLIES = f"""
WITH counted AS ({COUNTED})
SELECT number, count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = -1) FROM counted
GROUP BY number ORDER BY number
"""  # noqa: S608
MATRIX_HEAD = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]


@dataclass(frozen=True)
class ExportFolder:
    """The folder of one conversation. `address` is its page, for the summary."""

    conversation: Conversation
    with_declined: bool = False
    address: str = ""

    @cached_property
    def tallies(self) -> dict[int, tuple[int, int]]:
        """{statement's number: (agree, disagree)} of those with answers."""
        with connection.cursor() as cursor:
            cursor.execute(TALLIES, {"conversation": self.conversation.pk})
            return {number: (agree, disagree) for number, agree, disagree in cursor.fetchall()}

    def write_file(self, name: str, out: IO[bytes]) -> None:
        """One file of the folder, in UTF-8."""
        with _one_moment():
            self._write(name, out)

    def _write(self, name: str, out: IO[bytes]) -> None:
        if name == "votes.csv":
            _write_votes(self.conversation, out)
            return
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        if name == "comments.csv":
            write_comments(_comments(self), text)
        elif name == "participants-votes.csv":
            _write_matrix(self, text)
        elif name == "summary.csv":
            write_summary(_summary(self), text)
        else:
            raise ValueError(f"no file {name!r} in an export")
        text.detach()

    def write_zip(self, out: IO[bytes]) -> None:
        """All files, of one moment."""
        with _one_moment(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name in FILES:
                with archive.open(name, "w", force_zip64=True) as entry:
                    self._write(name, entry)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All files see the same votes. Inside another transaction (a test) they see what that one sees."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Right after an import nothing is known of the tables, and row by row would take minutes instead of a second.
        cursor.execute("SET LOCAL statement_timeout = '5min'; SET LOCAL enable_nestloop = off")
        yield


def _write_votes(conversation: Conversation, out: IO[bytes]) -> None:
    # The driver's own cursor: Django's wrapper for debugging knows COPY only without parameters.
    with (
        transaction.atomic(),
        connection.connection.cursor() as cursor,
        cursor.copy(VOTES, {"conversation": conversation.pk}) as copy,
    ):
        for block in copy:
            out.write(block)


def _write_matrix(folder: ExportFolder, out: TextIO) -> None:
    numbers = sorted(folder.tallies)
    place = {number: index for index, number in enumerate(numbers)}
    out.write(",".join([*MATRIX_HEAD, *map(str, numbers)]) + "\n")
    for person, written, statements, values in _streamed(MATRIX, {"conversation": folder.conversation.pk}):
        cells = [""] * len(numbers)
        for number, value in zip(statements, values, strict=True):
            cells[place[number]] = str(value)
        counts = [
            str(person),
            "",
            str(written),
            str(len(values)),
            str(values.count(1)),
            str(values.count(-1)),
        ]
        out.write(",".join([*counts, *cells]) + "\n")


def _streamed(query: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Rows by a cursor on the server, so that only some thousand are here at a time."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, values)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _comments(folder: ExportFolder) -> list[Comment]:
    statements = list(
        Statement.objects.filter(
            conversation=folder.conversation, item__state__in=[ItemState.PUBLISHED, ItemState.DECLINED]
        )
        .select_related("item", "merged_into")
        .order_by("number")
    )
    authors = numbers_of(folder.conversation.pk, {one.author_id for one in statements if one.author_id})
    return [
        _comment(one, authors, folder.tallies.get(one.number, (0, 0)), folder.with_declined)
        for one in statements
    ]


def _comment(
    statement: Statement, authors: dict[int, int], tally: tuple[int, int], with_declined: bool
) -> Comment:
    item = statement.item
    is_declined = item.state == ItemState.DECLINED
    has_words = with_declined or not (is_declined or item.hidden_by)
    merged = statement.merged_into
    return Comment(
        id=statement.number,
        body=original_text(item.title) if has_words else "",
        timestamp=_milliseconds(item.made_at),
        author=authors.get(statement.author_id or 0),
        agrees=tally[0],
        disagrees=tally[1],
        moderated=-1 if is_declined or item.hidden_by else 1,
        is_meta=statement.is_meta,
        is_seed=statement.is_seed,
        merged_into=merged.number if merged else None,
    )


def _milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def _summary(folder: ExportFolder) -> dict[str, str]:
    """The facts of the field's summary that we have; `voters` answered at least once, `commenters` wrote."""
    conversation = folder.conversation
    written = conversation.statements.filter(
        item__state__in=[ItemState.PUBLISHED, ItemState.DECLINED]
    ).aggregate(all=Count("pk"), authors=Count("author", distinct=True))
    people = conversation.participants.aggregate(all=Count("pk"), voters=Count("pk", filter=Q(answers__gt=0)))
    newest = conversation.maps.order_by("-pk").values_list("groups", flat=True).first()
    return {
        "topic": original_text(conversation.item.title),
        "url": folder.address,
        "voters": str(people["voters"]),
        "voters-in-conv": str(people["all"]),
        "commenters": str(written["authors"]),
        "comments": str(written["all"]),
        "groups": str(newest or 0),
        "conversation-description": original_text(conversation.background),
    }


def map_of(conversation: Conversation, pk: int) -> OpinionMap | None:
    """An older map of the same conversation by its id."""
    return conversation.maps.defer("people").filter(pk=pk).first()
