"""Sealing what was counted by the batch: supports write no audit record each."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Max

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM

from ..models import SupportAct, SupportBatch

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LOCK = "SELECT pg_try_advisory_xact_lock(7305441212)"


@transaction.atomic
def seal_supports() -> int:
    """One batch of all that was counted since the last; how many acts it holds. 0 while another is at it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return 0
    until = audit.settled_moment()
    since = SupportBatch.objects.aggregate(last=Max("until"))["last"] or BEGINNING
    acts, digest = SupportAct.digest_between(since, until) if until > since else (0, "")
    if acts:
        batch = SupportBatch.objects.create(since=since, until=until, acts=acts, digest=digest)
        audit.record("idea.seal_supports", batch, by=SYSTEM, acts=acts, digest=digest)
    return acts
