"""Organisations in organisations: who stands above whom, and how deep it goes."""

from __future__ import annotations

from django.db import connection

from ..models import Organisation

DEEPEST = 12
ABOVE = """
WITH RECURSIVE above(id) AS (
    SELECT organisation_id FROM organisations_membership WHERE member_id = %s AND until IS NULL
    UNION
    SELECT up.organisation_id FROM above
    JOIN organisations_membership up ON up.member_id = above.id AND up.until IS NULL
)
SELECT EXISTS (SELECT 1 FROM above WHERE id = %s)
"""
DEPTH = """
WITH RECURSIVE below(id, depth) AS (
    SELECT member_id, 1 FROM organisations_membership
    WHERE organisation_id = %s AND member_id IS NOT NULL AND until IS NULL
    UNION
    SELECT down.member_id, below.depth + 1 FROM below
    JOIN organisations_membership down
        ON down.organisation_id = below.id AND down.member_id IS NOT NULL AND down.until IS NULL
    WHERE below.depth < %s
)
SELECT coalesce(max(depth), 0), count(DISTINCT id) FROM below
"""


def stands_above(one: Organisation, other: Organisation) -> bool:
    """Whether `other` is a member of `one`, at any depth: then `one` cannot join `other` too."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [other.pk, one.pk])
        return bool(cursor.fetchone()[0])


def depth_of(organisation: Organisation) -> tuple[int, int]:
    """(levels below it, organisations in all of them); (0, 0) where no organisation is its member."""
    with connection.cursor() as cursor:
        cursor.execute(DEPTH, [organisation.pk, DEEPEST])
        levels, number = cursor.fetchone()
    return levels, number
