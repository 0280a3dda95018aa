"""A code on its way by e-mail: what a browser proves before it signs in or joins."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import Rule


class SignInCode(models.Model):
    """One code that was asked for. The browser's session holds the `uid` alone.

    It stands in a table and not in the session: a session is read before a try and written after it, so
    requests side by side would each have all tries. It holds no account and no claim on the address.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    next = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    until = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    proven_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="email", erase="delete", merge="keep", why="it belongs to an address, and is gone within a day"
    )

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def can_be_tried(self) -> bool:
        return self.proven_at is None and self.tries_left > 0 and self.until > timezone.now()
