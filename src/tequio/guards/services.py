"""Acting once, counting, and telling kept pages that the world has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.jobs import later

from .models import FormKey, PageVersion, RateCounter

LOCK_NOT_AVAILABLE = "55P03"
KEY = re.compile(r"^[0-9a-fA-F-]{16,64}$")
KEPT_DAYS = 7
STEPS = 10
# The second sender of a form waits for the first no longer than this.
CLAIM = """
WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', '3s', true))
INSERT INTO guards_formkey (who, key, url, body, at) SELECT %s, %s, %s, %s, now() FROM patience
ON CONFLICT (who, key) DO NOTHING RETURNING id, at
"""
SPEND = """
WITH before AS (
    SELECT coalesce(sum(count), 0) AS number FROM guards_ratecounter
    WHERE act = %(act)s AND who = %(who)s AND since > %(first)s AND since < %(running)s
)
INSERT INTO guards_ratecounter (act, who, since, count)
SELECT %(act)s, %(who)s, %(running)s, 1 FROM before WHERE before.number < %(limit)s
ON CONFLICT (act, who, since) DO UPDATE SET count = guards_ratecounter.count + 1
WHERE guards_ratecounter.count + (SELECT number FROM before) < %(limit)s
RETURNING count
"""


class InFlight(Exception):
    """The same form is being saved by another request at this moment."""


class KeyReused(Exception):
    """The key was used for something else; `answer` says what came of that."""

    def __init__(self, answer: dict[str, Any] | None):
        super().__init__("form key used for another body")
        self.answer = answer


@dataclass
class Sent:
    """The form as the guard knows it: `answer` is None the first time."""

    row: FormKey
    answer: dict[str, Any] | None = None
    is_forgotten: bool = False
    person: str = ""

    def forget(self) -> None:
        """The form was not valid: the next try with the same key counts as the first."""
        self.is_forgotten = True


@contextmanager
def once(*, who: str, key: str, url: str, body: str) -> Iterator[Sent]:
    """Open a transaction in which the form (who, key) takes effect at most once.

    The second sender waits on the unique index and gets the stored answer. Raises InFlight when the
    first is still at it after three seconds, KeyReused when the key came with another body or address.
    """
    with transaction.atomic():
        sent = _claim(who, key, url, body)
        yield sent
        if sent.is_forgotten:
            sent.row.delete()
        elif sent.row.answer is None:
            FormKey.objects.filter(pk=sent.row.pk).update(answer=sent.answer or {}, person=sent.person)


def _claim(who: str, key: str, url: str, body: str) -> Sent:
    try:
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [who, key, url, body])
            claimed = cursor.fetchone()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
            raise InFlight from error
        raise
    if claimed is not None:
        pk, at = claimed
        return Sent(FormKey(id=pk, who=who, key=key, url=url, body=body, at=at))
    return _sent_before(FormKey.objects.get(who=who, key=key), url, body)


def _sent_before(row: FormKey, url: str, body: str) -> Sent:
    if (row.url, row.body) != (url, body):
        raise KeyReused(row.answer)
    return Sent(row, answer=row.answer or {})


def find_sent(*, who: str, key: str, url: str, body: str) -> Sent | None:
    """The form as it was answered, claiming nothing; None where it was not. Raises KeyReused as `once` does."""
    row = FormKey.objects.filter(who=who, key=key, answer__isnull=False).first()
    return None if row is None else _sent_before(row, url, body)


def forget_sign_in(member: int) -> None:
    """The retry of a form by which this member signed in does not sign her in again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE guards_formkey SET answer = answer - 'member' "
            "WHERE at > now() - interval '1 hour' AND answer->'member' = to_jsonb(%s::bigint)",
            [member],
        )


def prune_form_keys() -> int:
    deleted, _rows = FormKey.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    RateCounter.objects.filter(since__lt=timezone.now() - timedelta(days=2)).delete()
    return deleted


def spend(act: str, *, who: str, limit: int, seconds: int) -> None:
    """Count one `act` of `who`; Refused where it was done `limit` times within the last `seconds`."""
    if not spend_quietly(act, who=who, limit=limit, seconds=seconds):
        raise Refused(
            _("That was very often in a short time. Please wait a little and send it again."),
            code="too_often",
        )


def spend_quietly(act: str, *, who: str, limit: int, seconds: int) -> bool:
    """As `spend`, but says whether it was still within the limit.

    The window slides in steps of a tenth: what is counted covers at least the last `seconds` and at
    most a tenth more, so there is no border across which the limit could be had twice. A refused
    try is not counted. Two at once wait for one another on the row of the running step.
    """
    step = max(1, seconds // STEPS)
    now = int(timezone.now().timestamp())
    running = now - now % step
    hashed = hashlib.sha256(who.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            SPEND,
            {
                "act": act,
                "who": hashed,
                "limit": limit,
                "running": datetime.fromtimestamp(running, UTC),
                "first": datetime.fromtimestamp(now - seconds - step, UTC),
            },
        )
        return cursor.fetchone() is not None


def page_changed() -> None:
    """Kept pages are out of date. Asked through a job: one row under every write would be a queue."""
    later("guards.bump_page_version", once="page-version")


def bump_page_version() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guards_pageversion (id, number) VALUES (1, 2) "
            "ON CONFLICT (id) DO UPDATE SET number = guards_pageversion.number + 1"
        )


def page_version() -> int:
    return PageVersion.objects.values_list("number", flat=True).first() or 1
