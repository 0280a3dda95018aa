"""A copy of all that is somebody's, and the end of her account."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_noop

from tequio.base.privacy import Rule
from tequio.files.models import StoredFile
from tequio.people.models import Person

from .enums import CopyState, ErasureReason, ErasureState

COPY_KEPT = timedelta(days=7)


class DataCopy(models.Model):
    """All that is hers in one file, made by the worker; `done` of `total` rows are written."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="data_copies")
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=8, choices=CopyState.choices, default=CopyState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    ended_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="data_copies")

    privacy = Rule(
        person="person", export=True, erase="delete", merge="move",
        forget="tequio.portal.me.services.copying.forget_copies",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"copy {self.uid}"

    @property
    def until(self) -> datetime:
        """When it is deleted."""
        return self.asked_at + COPY_KEPT

    @property
    def is_over(self) -> bool:
        return self.asked_at + COPY_KEPT <= timezone.now()

    @property
    def is_running(self) -> bool:
        return self.state in (CopyState.WAITING, CopyState.RUNNING)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.done / self.total)) if self.total else 0


class Erasure(models.Model):
    """Somebody's wish that all of hers goes, from the code in a letter to the day it is done.

    `code` is a keyed digest and goes with the proof. Afterwards the row shows that it was done, and when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="erasures")
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.ASKED)
    reason = models.CharField(max_length=10, choices=ErasureReason.choices, default=ErasureReason.HERSELF)
    takes_answers = models.BooleanField(default=False)
    at_once = models.BooleanField(default=False)
    code = models.CharField(max_length=64, blank=True)
    tries_left = models.PositiveSmallIntegerField(default=3)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    privacy = Rule(
        person="person", export=True, erase="keep", merge="move", stays=("code",), secret=("code",),
        why=gettext_noop("It shows that the account was ended, and when. It names nobody."),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="waiting"), name="erasure_waits_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="erasure_due", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"erasure {self.uid}"
