"""Bringing comments that were written elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.guards.services import page_changed

from ..models import Comment
from ..selectors.bringing import known_comments
from .tallying import ask_for_tally

# Any number that no other lock of ours uses; the second is the hash of the source.
LOCK = 71_005


@dataclass(frozen=True)
class BroughtComment:
    """A comment from elsewhere; `reply_to` is the id there of the comment it answers, "" for none."""

    external_id: str
    item: Item
    words: Field
    side: str = ""
    reply_to: str = ""
    signed: str = ""
    made_at: datetime | None = None


@transaction.atomic
def bring_comments(rows: Sequence[BroughtComment], *, source: str, digest: str = "", by: Actor) -> int:
    """Take in those of `rows` that are not here yet, by their ids at the source. Returns how many were new.

    An answer comes with or after its comment. `digest` is that of the file they stand in, for the records.
    """
    if by is not SYSTEM:
        raise Refused(_("Comments from elsewhere are brought by operators."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, source])
    wanted = {row.external_id for row in rows} | {row.reply_to for row in rows if row.reply_to}
    ids = {external_id: comment.pk for external_id, comment in known_comments(source, wanted).items()}
    fresh = [row for row in rows if row.external_id not in ids]
    for level in ([row for row in fresh if not row.reply_to], [row for row in fresh if row.reply_to]):
        made = Comment.objects.bulk_create([_comment(row, source, ids) for row in level], batch_size=1_000)
        ids |= {comment.external_id: comment.pk for comment in made}
    _record(fresh, source, digest, by)
    return len(fresh)


def _comment(row: BroughtComment, source: str, ids: Mapping[str, int]) -> Comment:
    return Comment(
        item=row.item, reply_to_id=ids[row.reply_to] if row.reply_to else None, side=row.side, signed=row.signed,
        words=row.words, made_at=row.made_at or timezone.now(), source=source, external_id=row.external_id,
    )  # fmt: skip


def _record(fresh: Sequence[BroughtComment], source: str, digest: str, by: Actor) -> None:
    """One record for each item, for a record is of one thing."""
    items = {row.item.pk: row.item for row in fresh}
    for pk in sorted(items):
        made = sum(row.item.pk == pk for row in fresh)
        audit.record("comment.bring", items[pk], by=by, digest=digest, made=made)
    if fresh:
        page_changed()
    for pk in sorted(items):
        ask_for_tally(pk)
