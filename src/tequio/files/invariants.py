"""What `tequio verify` asks of files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .models import Block, Rendition, StoredFile


def every_file_has_a_form() -> Iterator[str]:
    for pk in StoredFile.objects.filter(renditions=None).order_by("pk").values_list("pk", flat=True):
        yield f"file {pk} has no content"


def every_file_is_what_was_stored() -> Iterator[str]:
    """Size and digest of the bytes themselves."""
    for rendition in Rendition.objects.order_by("pk").iterator(chunk_size=500):
        digest, size = hashlib.sha256(), 0
        blocks = Block.objects.filter(rendition=rendition).order_by("number")
        for block in blocks.values_list("content", flat=True).iterator(chunk_size=1):
            digest.update(block)
            size += len(block)
        if (size, digest.hexdigest()) != (rendition.size, rendition.digest):
            yield f"file {rendition.file_id}: rendition {rendition.pk} is not what was stored"
