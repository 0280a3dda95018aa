"""Making, publishing, describing and linking items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.columns import insert
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, read
from tequio.base.text import fold
from tequio.guards.services import page_changed

from ..enums import ItemState
from ..models import Item, ItemCount, Link, SearchText


def make_item(*, kind: str, by: Actor, **values: Any) -> Item:
    """One item with its row of numbers; the caller's service opens the transaction and keeps the record."""
    item = new_item(kind=kind, by=by, **values)
    insert_item(item)
    return item


def new_item(*, kind: str, by: Actor, **values: Any) -> Item:
    """As `make_item`, but not in the database yet: a thing about it can be inserted with it (`insert_item`)."""
    if values.get("state") == ItemState.PUBLISHED:
        values.setdefault("published_at", timezone.now())
    return Item(kind=kind, author_id=by.pk, **values)


def insert_item(item: Item, *about: Model) -> None:
    """A new item, its numbers, the words that search sees and the things about it: one statement to the database."""
    words = SearchText(item=item, **search_words(item.title, item.summary))
    insert(item, ItemCount(item=item), words, *about)


def describe(item: Item, *bodies: Field) -> None:
    """Write what search sees: title, summary and the given bodies, each in the language it is read in."""
    words = search_words(item.title, item.summary, *bodies)
    SearchText.objects.bulk_create(
        [SearchText(item=item, **words)],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=list(words),
    )


def search_words(*fields: Field) -> dict[str, str]:
    """{language of the interface or "plain": what search sees}."""
    words = {language: _words(fields, language) for language in INTERFACE}
    plain = fold(" ".join(entry["text"] for field in fields for entry in field.values()))
    return {**words, "plain": plain}


def _words(fields: Iterable[Field], language: str) -> str:
    readings = (read(field, language) for field in fields)
    return "\n".join(reading.text for reading in readings if reading.language.split("-")[0] == language)


@transaction.atomic
def publish_item(item: Item, *, by: Actor) -> Item:
    item.state = ItemState.PUBLISHED
    item.published_at = item.published_at or timezone.now()
    item.save(update_fields=["state", "published_at"])
    audit.record("item.publish", item, by=by)
    page_changed()
    return item


@transaction.atomic
def set_state(item: Item, state: str, *, by: Actor) -> Item:
    """Move an item to another editorial state; publishing has a service of its own."""
    if state == ItemState.PUBLISHED:
        return publish_item(item, by=by)
    item.state = state
    item.save(update_fields=["state"])
    audit.record(f"item.{state}", item, by=by)
    page_changed()
    return item


@transaction.atomic
def link_items(source: Item, target: Item, kind: str, *, by: Actor, anchor: str = "") -> Link:
    link, _ = Link.objects.get_or_create(source=source, target=target, kind=kind, anchor=anchor)
    audit.record("link.make", link, by=by, kind=kind)
    page_changed()
    return link


def make_items(kind: str, rows: Iterable[dict[str, Any]]) -> list[Item]:
    """Many items at once, each with its row of numbers and what search sees, in the order of `rows`.

    As `make_item`, for imports: each row brings all its values, author and dates included.
    """
    items = Item.objects.bulk_create([Item(kind=kind, **row) for row in rows], batch_size=1_000)
    ItemCount.objects.bulk_create([ItemCount(item=item) for item in items], batch_size=5_000)
    SearchText.objects.bulk_create(
        [SearchText(item=item, **search_words(item.title, item.summary)) for item in items], batch_size=1_000
    )
    return items
