"""What `tequio verify` asks of the tree of places."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

# The closure as it should be, beside the closure as it is stored.
DIFFERENCE = """
WITH RECURSIVE path(above, below) AS (
    SELECT id, id FROM territories_territory
    UNION
    SELECT parent.parent_id, path.below FROM path
    JOIN territories_territoryparent parent ON parent.child_id = path.above
)
SELECT coalesce(path.above, stored.above_id), coalesce(path.below, stored.below_id), path.above IS NULL
FROM path FULL JOIN territories_territorypath AS stored ON stored.above_id = above AND stored.below_id = below
WHERE path.above IS NULL OR stored.above_id IS NULL
"""
LOOPS = """
SELECT DISTINCT one.above_id FROM territories_territorypath AS one
JOIN territories_territorypath AS other ON other.above_id = one.below_id AND other.below_id = one.above_id
WHERE one.above_id <> one.below_id
"""


def paths_follow_from_parents() -> Iterator[str]:
    for above, below, is_too_much in _rows(DIFFERENCE):
        if is_too_much:
            yield f"place {below} is kept as lying in place {above}, but no parent says so"
        else:
            yield f"place {below} lies in place {above}, but its path is missing"


def no_place_lies_in_itself() -> Iterator[str]:
    for (pk,) in _rows(LOOPS):
        yield f"place {pk} lies in itself by way of another place"


def _rows(sql: str) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
