"""Digests over what was counted up and down, as it was written."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

# Per act one line "idea step microseconds", in the order of their moments.
DIGEST = """
SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(
    idea_id || ' ' || step || ' ' || (extract(epoch FROM at) * 1000000)::bigint, E'\n' ORDER BY at, idea_id, step
), ''), 'UTF8')), 'hex')
FROM proposals_supportact WHERE at >= %s AND at < %s
"""


def digest_of_acts(since: datetime, until: datetime) -> tuple[int, str]:
    """(how many acts, SHA-256 of their lines) in [since, until)."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, [since, until])
        acts, digest = cursor.fetchone()
    return acts, digest
