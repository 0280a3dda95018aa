"""Digests over the answers of a conversation, as they were given, whatever became of them since.

An answer that was changed is still there as history, and merging two accounts moves answers without
losing one. So what was given in a span of time can be read again later. Who gave it is left out: a
digest that changes with every merge and erasure would prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

# Per answer one line "value importance microseconds"; per statement the digest of its lines in their order;
# per span the digest of "statement digest" lines. So no text grows with the whole conversation.
DIGESTS = """
WITH given AS (
    SELECT vote.statement_id, vote.value, vote.is_important::int AS important, vote.at
    FROM deliberation_statementvote AS vote
    JOIN deliberation_statement AS statement ON statement.item_id = vote.statement_id
    WHERE statement.conversation_id = %(pk)s AND vote.at >= %(first)s AND vote.at < %(last)s
    UNION ALL
    SELECT change.statement_id, change.value, change.was_important::int, change.given_at
    FROM deliberation_statementvotechange AS change
    JOIN deliberation_statement AS statement ON statement.item_id = change.statement_id
    WHERE statement.conversation_id = %(pk)s AND change.given_at >= %(first)s AND change.given_at < %(last)s
), lines AS (
    SELECT width_bucket(at, %(since)s::timestamptz[]) AS number, statement_id, value, important, at,
        (extract(epoch FROM at) * 1000000)::bigint AS micros
    FROM given
), statements AS (
    SELECT number, statement_id, count(*) AS votes, encode(sha256(convert_to(
        string_agg(value || ' ' || important || ' ' || micros, E'\n' ORDER BY micros, value, important), 'UTF8'
    )), 'hex') AS digest
    FROM lines WHERE at < (%(until)s::timestamptz[])[number] GROUP BY number, statement_id
)
SELECT number, sum(votes)::bigint, encode(sha256(convert_to(
    string_agg(statement_id || ' ' || digest, E'\n' ORDER BY statement_id), 'UTF8'
)), 'hex')
FROM statements GROUP BY number
"""
# Only answers of the last minutes: the block-range index on `at` finds them.
ANSWERED = """
SELECT DISTINCT statement.conversation_id
FROM (
    SELECT statement_id FROM deliberation_statementvote WHERE at >= %(since)s AND at < %(until)s
    UNION
    SELECT statement_id FROM deliberation_statementvotechange WHERE given_at >= %(since)s AND given_at < %(until)s
) AS given
JOIN deliberation_statement AS statement ON statement.item_id = given.statement_id
ORDER BY statement.conversation_id
"""

Span = tuple[datetime, datetime]


def digests(conversation_id: int, spans: Sequence[Span]) -> list[tuple[int, str]]:
    """(number of answers, digest) of each span [since, until), in the order of `spans`; (0, "") where none was given.

    The spans come in order and do not overlap, so that each answer's is found by halving.
    """
    since, until = [span[0] for span in spans], [span[1] for span in spans]
    given: dict[str, Any] = {
        "pk": conversation_id,
        "since": since,
        "until": until,
        "first": since[0],
        "last": until[-1],
    }
    with connection.cursor() as cursor:
        cursor.execute(DIGESTS, given)
        found = {number: (votes, digest) for number, votes, digest in cursor.fetchall()}
    return [found.get(number, (0, "")) for number in range(1, len(spans) + 1)]


def answered(since: datetime, until: datetime) -> list[int]:
    """Ids of the conversations in which answers were given in that span."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, {"since": since, "until": until})
        return [pk for (pk,) in cursor.fetchall()]
