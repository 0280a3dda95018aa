"""Sealing answers by the batch: they write no audit record each."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Max

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM

from ..models import Conversation, VoteBatch
from ..selectors.vote_digests import answered, digests

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LOCK = "SELECT pg_try_advisory_xact_lock(7305441211)"


@transaction.atomic
def seal_votes() -> int:
    """One batch for each conversation answered since the last; how many batches. 0 while another is at it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return 0
    until = audit.settled_moment()
    regular = VoteBatch.objects.filter(is_taken_in=False)
    since = regular.aggregate(last=Max("until"))["last"] or BEGINNING
    return sum(_make(pk, since, until) for pk in answered(since, until)) if until > since else 0


def seal_taken_in(conversation: Conversation) -> None:
    """The answers of an import are older than the batches of their time, so they get one of their own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (until,) = cursor.fetchone()
    _make(conversation.pk, BEGINNING, until, is_taken_in=True)


def _make(conversation_id: int, since: datetime, until: datetime, *, is_taken_in: bool = False) -> bool:
    ((votes, digest),) = digests(conversation_id, [(since, until)])
    if not votes:
        return False
    batch = VoteBatch.objects.create(
        conversation_id=conversation_id,
        since=since,
        until=until,
        is_taken_in=is_taken_in,
        votes=votes,
        digest=digest,
    )
    audit.record("conversation.seal_votes", batch, by=SYSTEM, votes=votes, digest=digest)
    return True
