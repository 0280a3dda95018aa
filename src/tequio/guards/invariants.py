"""What `tequio verify` asks of the guards."""

from __future__ import annotations

from collections.abc import Iterator

from .models import FormKey, PageVersion


def one_page_version() -> Iterator[str]:
    number = PageVersion.objects.count()
    if number > 1:
        yield f"there are {number} page versions instead of one: kept pages may be out of date"


def every_form_key_has_its_answer() -> Iterator[str]:
    """A key is committed together with what came of it, or not at all."""
    for pk in FormKey.objects.filter(answer__isnull=True).values_list("pk", flat=True):
        yield f"form key {pk} was kept without an answer"
