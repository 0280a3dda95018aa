"""What happened: rows that are only ever added, and that name nobody by name."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL


def digest_of(at: datetime, actor: str, act: str, thing: str, data: dict[str, Any]) -> str:
    """SHA-256 of a record's content in canonical JSON."""
    content = [at.isoformat(), actor, act, thing, data]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Record(models.Model):
    """One act. `actor` and `object` are opaque ids such as "people.person:12"; `data` holds ids and digests.

    `txid` is the database's transaction, so that acts done together can be told. The database refuses to
    change or delete a row; only `is_sealed` may become true, once, when the row gets its link.
    """

    at = models.DateTimeField(default=timezone.now)
    txid = models.BigIntegerField(default=0)
    actor = models.CharField(max_length=60)
    act = models.CharField(max_length=60)
    object = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    is_sealed = models.BooleanField(default=False)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [
            models.Index(fields=["object", "id"], name="record_object"),
            models.Index(fields=["id"], name="record_unsealed", condition=models.Q(is_sealed=False)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.object}"

    def content_digest(self) -> str:
        return digest_of(self.at, self.actor, self.act, self.object, self.data)


class Link(models.Model):
    """The seal of one record: its place in the chain, in the order of sealing. Only ever added.

    No constraint to the record: whoever removes that by force shall leave this behind as the witness.
    """

    seq = models.BigIntegerField(primary_key=True)
    record = models.OneToOneField(Record, models.DO_NOTHING, db_constraint=False, related_name="link")
    hash = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"{self.seq}: {self.hash}"


class Anchor(models.Model):
    """The end of the chain on a day, as it was sent to people outside of the operators' reach."""

    day = models.DateField(unique=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    privacy = NOT_PERSONAL

    def __str__(self) -> str:
        return f"{self.day}: {self.seq} {self.hash}"
