"""Saying that a comment was useful, and taking that back. Rows of their own, never a counter."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.guards.services import spend
from tequio.people.models import Person

from ..models import Comment, Useful
from ..permissions import can_mark
from .tallying import ask_for_tally
from .writing import still_there

MARKS_AN_HOUR = 200


@transaction.atomic
def mark_useful(comment: Comment, *, by: Person) -> bool:
    """One mark a person and comment, however often it is sent. False: it was there. The row is its own record."""
    if not can_mark(by, comment):
        raise Refused(_("This comment cannot be marked now."))
    spend("useful", who=by.audit_id, limit=MARKS_AN_HOUR, seconds=3600)
    still_there(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO discussions_useful (comment_id, person_id, at) VALUES (%s, %s, now()) "
            "ON CONFLICT (comment_id, person_id) DO NOTHING",
            [comment.pk, by.pk],
        )
        is_new = cursor.rowcount == 1
    if is_new:
        ask_for_tally(comment.item_id)
    return is_new


@transaction.atomic
def take_mark_back(comment: Comment, *, by: Person) -> bool:
    deleted, _rows = Useful.objects.filter(comment=comment, person=by).delete()
    if deleted:
        ask_for_tally(comment.item_id)
    return bool(deleted)
