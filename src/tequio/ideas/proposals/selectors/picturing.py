"""Pictures beside ideas and problems."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.files.models import Rendition
from tequio.files.types import Picture, PictureCopy

from ..models import Illustration


@dataclass(frozen=True)
class Shown:
    """A picture with what it shows, and its copies from narrow to wide."""

    row: Illustration
    picture: Picture


def pictures_of(item_id: int) -> list[Shown]:
    """In their order; two queries however many, one where there is none."""
    rows = list(Illustration.objects.filter(item=item_id).order_by("position", "pk"))
    if not rows:
        return []
    copies: dict[int, list[PictureCopy]] = {}
    renditions = Rendition.objects.filter(file__in=[row.file_id for row in rows], width__isnull=False)
    for one in renditions.order_by("width"):
        copies.setdefault(one.file_id, []).append(PictureCopy(one.width or 0, one.height or 0, one.size))
    return [Shown(row, Picture(tuple(copies[row.file_id]))) for row in rows if row.file_id in copies]
