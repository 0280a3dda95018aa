"""Counting what changes often, in a job: writers only add rows and ask for it, so none waits for another."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import QuerySet

from tequio.base.actor import Actor
from tequio.base.jobs import later
from tequio.guards.services import page_changed

from ..models import Comment, Useful

WAIT_SECONDS = 2

NUMBER = """
WITH last AS (SELECT coalesce(max(number), 0) AS number FROM discussions_comment WHERE item_id = %(item)s),
fresh AS (
    SELECT id, row_number() OVER (ORDER BY made_at, id) AS place
    FROM discussions_comment WHERE item_id = %(item)s AND number IS NULL
)
UPDATE discussions_comment AS comment SET number = last.number + fresh.place
FROM fresh, last WHERE comment.id = fresh.id
"""

# What each comment's row has to say; shared with the check of the books.
COUNTED = """
SELECT comment.id,
    (SELECT count(*) FROM discussions_comment reply
        WHERE reply.reply_to_id = comment.id AND reply.state = 'published' AND reply.hidden_by = '') AS replies,
    (SELECT count(*) FROM discussions_useful mark WHERE mark.comment_id = comment.id) AS useful
FROM discussions_comment comment WHERE comment.item_id = %(item)s
"""

COMMENTS = f"""
INSERT INTO discussions_commentnumbers AS numbers (comment_id, replies, useful) {COUNTED}
ON CONFLICT (comment_id) DO UPDATE SET replies = EXCLUDED.replies, useful = EXCLUDED.useful
WHERE (numbers.replies, numbers.useful) IS DISTINCT FROM (EXCLUDED.replies, EXCLUDED.useful)
"""

WHOLE = """
INSERT INTO discussions_discussion AS row (item_id, who_may, methods, reads_first, comments, people, pro, contra, last_at)
SELECT %(item)s, 'anyone', '[]', false, count(*), count(DISTINCT author_id), count(*) FILTER (WHERE side = 'for'),
    count(*) FILTER (WHERE side = 'against'), max(made_at)
FROM discussions_comment WHERE item_id = %(item)s AND state = 'published' AND hidden_by = ''
ON CONFLICT (item_id) DO UPDATE SET comments = EXCLUDED.comments, people = EXCLUDED.people, pro = EXCLUDED.pro,
    contra = EXCLUDED.contra, last_at = EXCLUDED.last_at
"""


def ask_for_tally(item_id: int) -> None:
    """Asked last in a transaction; many askers of a moment make one job."""
    later("discussions.tally", once=f"tally-{item_id}", in_seconds=WAIT_SECONDS, pk=item_id)


def forget(rows: QuerySet[Comment], *, by: Actor) -> None:
    """Somebody leaves: what hung on her comments is counted anew."""
    for item in sorted(set(rows.values_list("item_id", flat=True))):
        ask_for_tally(item)


def forget_marks(rows: QuerySet[Useful], *, by: Actor) -> None:
    """Her marks go with her."""
    for item in sorted(set(rows.values_list("comment__item_id", flat=True))):
        ask_for_tally(item)


@transaction.atomic
def tally(item_id: int) -> None:
    """Number the new comments of an item and count all of it anew; twice does the same as once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('discussion'), %s::bigint::int)", [item_id % 2**31]
        )
        for sql in (NUMBER, COMMENTS, WHOLE):
            cursor.execute(sql, {"item": item_id})
    page_changed()
