"""Making keys for programs, and ending them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.people.models import Person

from ..enums import Lasting, Scope
from ..models import ProgramKey
from ..permissions import can_end, can_make

PREFIX = "tequio_"
BYTES = 32
SHOWN = len(PREFIX) + 4
MOST_KEYS = 20
# The day of last use is told, not every use: a row that is written with each request is a queue.
TOLD_AFTER = timedelta(hours=1)


def digest_of(secret: str) -> str:
    """SHA-256: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(name: str, scopes: Sequence[str], days: int, *, by: Person) -> tuple[ProgramKey, str]:
    """The key and its secret, which is nowhere kept and shown this once."""
    if not can_make(by):
        raise Refused(_("Only members make keys for programs."))
    if not name or not scopes or not set(scopes) <= set(Scope.values) or days not in Lasting.values:
        raise ValueError(f"a key has a name, known scopes and days: {name!r}, {scopes!r}, {days!r}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE id = %s FOR NO KEY UPDATE", [by.pk])
    good = ProgramKey.objects.filter(person=by, ended_at=None, until__gt=timezone.now())
    if good.count() >= MOST_KEYS:
        raise Refused(_("You have many keys already. End one that is not used any more."), code="many")
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    key = ProgramKey.objects.create(
        person=by, name=name, start=secret[:SHOWN], digest=digest_of(secret), scopes=sorted(set(scopes)),
        until=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    audit.record("program_key.make", key, by=by, scopes=key.scopes)
    return key, secret


@transaction.atomic
def end_key(key: ProgramKey, *, by: Person) -> ProgramKey:
    """Dead at once: the next request with it is refused."""
    if not can_end(by, key):
        raise Refused(_("Only who made a key can end it."))
    if key.ended_at is None:
        key.ended_at = timezone.now()
        key.save(update_fields=["ended_at"])
        audit.record("program_key.end", key, by=by)
    return key


def note_use(key: ProgramKey) -> None:
    """Once an hour at most."""
    now = timezone.now()
    if key.used_at is None or key.used_at < now - TOLD_AFTER:
        ProgramKey.objects.filter(pk=key.pk).update(used_at=now)
