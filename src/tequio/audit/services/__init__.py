"""Recording an act, inside the transaction that does it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from tequio.base.actor import SYSTEM, Actor

from ..models import digest_of

INSERT = """
INSERT INTO audit_record (at, txid, actor, act, object, data, digest, is_sealed)
VALUES (%s, pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s, false)
"""
# What takes the time of the database after its transaction's first write, and is still on its way, belongs to a
# transaction that has written already, and got its time after that began; the slack is for the rest. The database
# that tidies up after itself writes nothing of ours.
SETTLED = """
SELECT least(now() - interval '60 seconds', min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
AND backend_type <> 'autovacuum worker'
"""
# Identifiers, digests, versions, moments: one word of plain letters. Whoever reads it learns nobody's thoughts.
WORD = re.compile(r"[A-Za-z0-9_.:+/=-]{0,80}")


def record(act: str, thing: Model, *, by: Actor | None, **data: Any) -> None:
    """Add one row; `data` may hold identifiers, numbers and digests, never a person's name or words.

    Only an insert, so nobody waits for anybody: the chain is made afterwards (`sealing`).
    """
    for name, value in data.items():
        if not _is_bare(value):
            raise ValueError(f"audit of {act}: {name} is kept for ever and may hold no free text")
    at, actor = timezone.now(), (by or SYSTEM).audit_id
    where = f"{thing._meta.label_lower}:{thing.pk}"
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT, [at, actor, act, where, json.dumps(data), digest_of(at, actor, act, where, data)]
        )


def _is_bare(value: Any) -> bool:
    """Whether it is a truth, a whole number, one plain word, or a list of such."""
    if isinstance(value, list | tuple):
        return all(_is_bare(one) for one in value)
    return value is None or isinstance(value, int) or (isinstance(value, str) and bool(WORD.fullmatch(value)))


def settled_moment() -> datetime:
    """No row that takes the database's clock after its transaction's first write comes with an earlier moment any more.

    Batches that are sealed end here.
    """
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        moment: datetime = cursor.fetchone()[0]
    return moment
