"""Rows as their person reads them: words instead of codes, titles instead of ids, her own clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    BinaryField,
    DecimalField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    Model,
    UUIDField,
)
from django.utils.translation import gettext as _

from tequio.base.fields import MultilingualField
from tequio.base.languages import current
from tequio.base.moments import zone
from tequio.base.multilingual import all_texts, read
from tequio.files.models import StoredFile
from tequio.formats.polis_cells import harmless
from tequio.people.models import Person

from ..types.walk import Belonging, Whose
from .belongings import rows_of, secrets_of

AT_ONCE = 1_000
NUMBERS = (IntegerField, FloatField, DecimalField)
# Where a row of another model has its words, the nearest first.
TITLES = ("title", "name", "item__title", "conversation__item__title")
# For machines: of no use to a reader, and in the JSON file.
NOISE = {"digest", "hash"}


@dataclass(frozen=True)
class Told:
    """One row: `cells` for people, in the order of the columns; `record` for machines, complete."""

    cells: list[str]
    record: dict[str, Any]


@dataclass
class Table:
    """The rows of one model that are somebody's, told in the reader's language and by the clock of `zone_name`."""

    belonging: Belonging
    whose: Whose
    zone_name: str = "UTC"
    columns: list[Field[Any, Any]] = field(init=False)
    complete: list[Field[Any, Any]] = field(init=False)
    numbers: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        secret = secrets_of(self.belonging)
        self.complete = [
            one
            for one in self.belonging.model._meta.concrete_fields
            if one.name not in secret and not isinstance(one, BinaryField) and not one.generated
        ]
        self.columns = [one for one in self.complete if self._is_readable(one)]
        self.numbers = [isinstance(one, NUMBERS) and not one.choices for one in self.columns]

    def _is_readable(self, one: Field[Any, Any]) -> bool:
        is_person = isinstance(one, ForeignKey) and one.related_model is Person
        is_key = one.primary_key and not isinstance(one, ForeignKey)
        is_titleless = isinstance(one, ForeignKey) and not title_path(one.related_model)
        return not (is_person or is_key or is_titleless or isinstance(one, UUIDField) or one.name in NOISE)

    def cells_for_spreadsheet(self, told: Told) -> list[str]:
        """Numbers as they are; whatever else a spreadsheet could take for a formula is made harmless."""
        return [
            cell if is_number else harmless(cell)
            for cell, is_number in zip(told.cells, self.numbers, strict=True)
        ]

    def count(self) -> int:
        return rows_of(self.belonging, self.whose).count()

    def blocks(self) -> Iterator[list[Told]]:
        """All rows, some at a time: a hundred thousand answers are never in memory at once."""
        rows = rows_of(self.belonging, self.whose).order_by("pk").iterator(chunk_size=AT_ONCE)
        while block := list(islice(rows, AT_ONCE)):
            titles = self._titles(block)
            yield [self._tell(row, titles) for row in block]

    def _titles(self, block: list[Model]) -> dict[str, dict[Any, str]]:
        """{column: {id: words}} of what the rows of a block point at; one query a column."""
        found = {}
        for one in self.complete:
            if isinstance(one, ForeignKey) and title_path(one.related_model):
                found[one.name] = titles_of(one.related_model, {getattr(row, one.attname) for row in block})
        return found

    def _tell(self, row: Model, titles: dict[str, dict[Any, str]]) -> Told:
        record: dict[str, Any] = {}
        for one in self.complete:
            value = getattr(row, one.attname)
            record[one.name] = (
                {"id": value, "title": titles[one.name].get(value, "")} if one.name in titles else value
            )
        return Told([self._cell(row, one, titles) for one in self.columns], record)

    def _cell(self, row: Model, one: Field[Any, Any], titles: dict[str, dict[Any, str]]) -> str:
        value = getattr(row, one.attname)
        if value is None:
            return ""
        if one.name in titles:
            return titles[one.name].get(value, "")
        if one.choices:
            return str(dict(one.flatchoices).get(value, value))
        return say(value, one, self.zone_name)


def say(value: Any, one: Field[Any, Any], zone_name: str) -> str:
    """One value in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(zone(zone_name)):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(one, MultilingualField):
        return " / ".join(dict.fromkeys(all_texts(value)))
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def title_path(model: Any) -> str:
    """Where a row of `model` has its words; "" where it has none, or is another person."""
    if model is Person:
        return ""
    return next((path for path in TITLES if _leads(model, path)), "")


def _leads(model: Any, path: str) -> bool:
    for name in path.split("__"):
        try:
            found = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if isinstance(found, ForeignKey):
            model = found.related_model
    return isinstance(found, MultilingualField) or model is StoredFile


def titles_of(model: Any, ids: Iterable[Any]) -> dict[Any, str]:
    wanted = [pk for pk in ids if pk is not None]
    if not wanted:
        return {}
    rows = model._base_manager.filter(pk__in=wanted).values_list("pk", title_path(model))
    return {
        pk: read(words, current()).text if isinstance(words, dict) else str(words or "") for pk, words in rows
    }
