"""What is known already of comments that are brought from elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from tequio.catalogue.models import Item

from ..models import Comment


def known_comments(source: str, ids: Collection[str]) -> dict[str, Comment]:
    """By their ids at the source, those that were brought before."""
    rows = Comment.objects.filter(source=source, external_id__in=list(ids))
    return {row.external_id: row for row in rows.defer("words", "signs")}


def items_to_talk_about(ids: Collection[int]) -> dict[int, Item]:
    """Those items that take comments, or did."""
    return Item.objects.exclude(comments="off").in_bulk(list(ids))
