"""Participants under numbers: the same on every page and in every export, and never a person's id."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

# An imported participant keeps the number of the file; those who came here count on from the highest.
NUMBERED = """
SELECT id, coalesce(
    source,
    (SELECT coalesce(max(source) + 1, 0) FROM deliberation_participant WHERE conversation_id = %(conversation)s)
    + row_number() OVER (PARTITION BY source IS NULL ORDER BY id) - 1
) AS number
FROM deliberation_participant WHERE conversation_id = %(conversation)s
"""


def numbers_of(conversation_id: int, participant_ids: Iterable[int]) -> dict[int, int]:
    """{participant id: number} of those asked for."""
    wanted = list(participant_ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH numbered AS ({NUMBERED}) SELECT id, number FROM numbered WHERE id = ANY(%(wanted)s)",  # noqa: S608
            {"conversation": conversation_id, "wanted": wanted},
        )
        return dict(cursor.fetchall())
