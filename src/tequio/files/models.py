"""Uploads: what was taken in, in the forms it is handed out in, in the database like everything else."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from tequio.base.privacy import NOT_PERSONAL, Rule
from tequio.people.models import Person

from .enums import FileKind


class StoredFile(models.Model):
    """One upload. Whoever points at it decides who sees it; when nobody does any more, it goes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=FileKind.choices)
    name = models.CharField(max_length=120)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="uploads")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    privacy = Rule(person="by", export=True, erase="anonymise", merge="move", words=("name",))

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Rendition(models.Model):
    """A form of it: a WebP copy of a width, or the document itself. Sizes in bytes and pixels."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="renditions")
    type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["width", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "width"], name="rendition_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.size}"


class Block(models.Model):
    """A piece of a rendition's bytes, so that a large one is never in memory at once."""

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    privacy = NOT_PERSONAL

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["rendition", "number"], name="block_once")]

    def __str__(self) -> str:
        return f"{self.rendition_id}/{self.number}"
