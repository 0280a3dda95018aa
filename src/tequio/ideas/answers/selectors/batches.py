"""Answers that are given together: each as it will be read, and how far they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q

from tequio.base.languages import current
from tequio.base.multilingual import Field, Reading, read
from tequio.catalogue.models import Item

from ..models import Batch, BatchLine


@dataclass(frozen=True)
class Numbers:
    all: int
    done: int
    given: int

    @property
    def refused(self) -> int:
        return self.done - self.given


@dataclass(frozen=True)
class Shown:
    line: BatchLine
    words: list[Reading]


def batch_numbers(batch: Batch) -> Numbers:
    found = BatchLine.objects.filter(batch=batch).aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)),
        given=Count("pk", filter=Q(answer__isnull=False)),
    )  # fmt: skip
    return Numbers(**found)


def batch_lines(batch: Batch, filled: Callable[[Field, Item], Field]) -> list[Shown]:
    """Each item with the words it gets, in every language they were written in; the reader's first."""
    rows = (
        BatchLine.objects.filter(batch=batch).select_related("item__territory", "item__author").order_by("id")
    )
    tags = sorted(batch.reasons, key=lambda tag: (tag != current(), tag))
    return [
        Shown(row, [read(words, tag) for tag in tags])
        for row in rows
        for words in [filled(batch.reasons, row.item)]
    ]
