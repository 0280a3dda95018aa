"""The bytes of a file, the copies of a picture, and what nobody points at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from .models import Block, Rendition, StoredFile
from .types import Picture, PictureCopy

ORPHAN_AFTER = timedelta(days=1)
# What belongs to a file itself does not hold it.
PARTS = {Rendition}


def picture_of(file_id: int | None) -> Picture | None:
    """A stored picture for a template, with its copies from narrow to wide; one query."""
    if file_id is None:
        return None
    rows = list(Rendition.objects.filter(file=file_id, width__isnull=False).order_by("width"))
    return (
        Picture(tuple(PictureCopy(row.width or 0, row.height or 0, row.size) for row in rows))
        if rows
        else None
    )


def rendition_of(file_id: int | None, *, width: int | None = None) -> Rendition | None:
    """The copy of that width, or the document itself; None where there is none."""
    if file_id is None:
        return None
    return Rendition.objects.filter(file=file_id, width=width).select_related("file").first()


def blocks_of(rendition: Rendition) -> Iterator[bytes]:
    """Its bytes, a block at a time."""
    for content in (
        Block.objects.filter(rendition=rendition)
        .order_by("number")
        .values_list("content", flat=True)
        .iterator(chunk_size=1)
    ):
        yield bytes(content)


def content_of(rendition: Rendition) -> bytes:
    return b"".join(blocks_of(rendition))


def orphans() -> QuerySet[StoredFile]:
    """Files of more than a day that no row of any table points at, as Django's registry knows the tables."""
    found = StoredFile.objects.filter(at__lt=timezone.now() - ORPHAN_AFTER)
    for relation in StoredFile._meta.related_objects:
        if relation.related_model in PARTS:
            continue
        column = relation.field.attname
        found = found.exclude(Exists(relation.related_model._base_manager.filter(**{column: OuterRef("pk")})))
    return found.order_by("id")
