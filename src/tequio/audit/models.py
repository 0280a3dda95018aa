"""What happened: rows that are only ever added, and that name nobody by name."""

import hashlib
import json

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL


class Record(models.Model):
    """One act. `actor` and `object` are opaque ids such as "people.person:12"; `data` holds ids and digests."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    act = models.CharField(max_length=60)
    object = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    class Meta:
        indexes = [models.Index(fields=["object", "id"], name="record_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.object}"

    def content_digest(self) -> str:
        """SHA-256 of the row's content in canonical JSON."""
        content = [self.at.isoformat(), self.actor, self.act, self.object, self.data]
        return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
