"""Keys with which a member lets a program act for her."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from tequio.base.privacy import Rule
from tequio.people.models import Person

from .enums import Scope


class ProgramKey(models.Model):
    """What a program shows instead of signing in. Only the digest of the secret is kept; `start` is its beginning."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="program_keys")
    name = models.CharField(max_length=60)
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="person", export=True, erase="delete", merge="move",
        words=("name",), stays=("start", "scopes"), secret=("digest",),
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="program_key_newest")]

    def __str__(self) -> str:
        return f"{self.start}…"

    @property
    def audit_id(self) -> str:
        return f"opendata.programkey:{self.pk}"

    @property
    def is_good(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()

    @property
    def scope_words(self) -> list[str | Promise]:
        return [Scope(one).label for one in self.scopes if one in Scope.values]
