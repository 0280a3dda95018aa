"""What `tequio verify` asks of the record of acts."""

from collections.abc import Iterator

from .models import Record


def every_record_fits_its_digest() -> Iterator[str]:
    """Names each record whose content is not what was written."""
    for row in Record.objects.order_by("id").iterator(chunk_size=5_000):
        if row.content_digest() != row.digest:
            yield f"audit record {row.pk} was changed after it was written"
