"""Pictures beside ideas and problems."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from tequio.files.models import Rendition
from tequio.files.types import Picture, PictureCopy

from ..models import Illustration


@dataclass(frozen=True)
class Shown:
    """A picture with what it shows, and its copies from narrow to wide."""

    row: Illustration
    picture: Picture


def pictures_of(item_id: int) -> list[Shown]:
    """In their order; one query however many."""
    copies = Rendition.objects.filter(file=OuterRef("file"), width__isnull=False).order_by("width")
    found = copies.values(row=JSONObject(width="width", height="height", size="size"))
    rows = Illustration.objects.filter(item=item_id).annotate(copies=ArraySubquery(found))
    return [
        Shown(row, Picture(tuple(PictureCopy(**copy) for copy in row.copies)))
        for row in rows.order_by("position", "pk")
        if row.copies
    ]
