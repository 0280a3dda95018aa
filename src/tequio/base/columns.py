"""Rows of the models, read and inserted by text that is made once: for acts that happen all day.

Django builds the text of a query anew each time, which costs more than the database takes to answer it. Only names
of tables and columns go into the text, and they come from the models (hence S608); values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, ForeignKey, Model

M = TypeVar("M", bound=Model)


class Columns(Generic[M]):
    """Columns of one table in a query, by the names of the model's attributes, the primary key among them.

    A column that was left out is read when it is asked for: a rule that looks at one more stays right, and costs a query.
    """

    def __init__(self, model: type[M], alias: str, *names: str):
        fields = [field for field in model._meta.concrete_fields if field.attname in names]
        unknown = set(names) - {field.attname for field in fields}
        if unknown or not any(field.primary_key for field in fields):
            raise ValueError(
                f"{model.__name__}: no column {', '.join(sorted(unknown)) or 'of the primary key'}"
            )
        self.model = model
        self.names = [field.attname for field in fields]
        self.readers = [getattr(field, "from_db_value", None) for field in fields]
        self.key = next(place for place, field in enumerate(fields) if field.primary_key)
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)

    def take(self, cells: Iterator[Any]) -> M | None:
        """The next cells of a row as an instance; None where an outer join found nothing."""
        values = [next(cells) for _name in self.names]
        if values[self.key] is None:
            return None
        read = [
            value if reader is None else reader(value, None, connection)
            for value, reader in zip(values, self.readers, strict=True)
        ]
        return self.model.from_db(connection.alias, self.names, read)


def find(model: type[M], **wanted: Any) -> M | None:
    """The row whose columns are these values, all of it; of several any one. None where there is none."""
    columns, where = _selection(model, tuple(wanted))
    with connection.cursor() as cursor:
        cursor.execute(where, list(wanted.values()))
        row = cursor.fetchone()
    return None if row is None else columns.take(iter(row))


@lru_cache(maxsize=200)
def _selection(model: type[M], wanted: tuple[str, ...]) -> tuple[Columns[M], str]:
    columns = Columns(model, "found", *(field.attname for field in model._meta.concrete_fields))
    where = " AND ".join(f'found."{model._meta.get_field(name).column}" = %s' for name in wanted)  # type: ignore[union-attr]
    return columns, f'SELECT {columns.sql} FROM "{model._meta.db_table}" found WHERE {where} LIMIT 1'  # noqa: S608


def insert(*rows: Model) -> None:
    """Insert new rows of any models in one statement; defaults and checks of the values are Django's.

    The first may get its key of the database: relations of the others to it are filled in. They bring keys of their
    own, or have that one. No signals are sent.
    """
    first = rows[0]
    texts, values = [], []
    for row in rows:
        ties = () if row is first or first.pk is not None else _ties(row, first)
        if row is not first and row.pk is None and row._meta.pk.attname not in ties:
            raise ValueError("rows that are inserted together bring their keys")
        text, fields = _insertion(type(row), row is not first or row.pk is not None, ties)
        texts.append(text)
        values += [
            field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for field in fields
            if field.attname not in ties
        ]
    with connection.cursor() as cursor:
        cursor.execute(_in_one(texts, f'"{first._meta.pk.column}"'), values)
        (key,) = cursor.fetchone()
    first.pk = key
    for row in rows:
        for name in _ties(row, first):
            row.__dict__[name] = key  # by its descriptor the relation would forget the instance
        row._state.adding, row._state.db = False, connection.alias


def _ties(row: Model, first: Model) -> tuple[str, ...]:
    """Attributes of the row that hold the key of the first: those of relations in which it stands."""
    return tuple(
        field.attname
        for field in row._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.get_cached_value(row, default=None) is first
    )


def _in_one(texts: list[str], key: str) -> str:
    """All insertions as one statement that returns the key of the first."""
    parts = [f"{texts[0]} RETURNING {key}", *texts[1:]]
    if len(parts) == 1:
        return parts[0]
    named = ", ".join(f"row_{place} AS ({text})" for place, text in enumerate(parts))
    return f"WITH {named} SELECT {key} FROM row_0"  # noqa: S608


@lru_cache(maxsize=200)
def _insertion(model: type[Model], has_key: bool, ties: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    """INSERT of one row, and the fields whose values it wants; `ties` are filled with the key of row_0."""
    meta = model._meta
    fields = [
        field for field in meta.concrete_fields if not field.generated and (has_key or field != meta.pk)
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)
    cells = ", ".join("(SELECT * FROM row_0)" if field.attname in ties else "%s" for field in fields)
    return f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({cells})', fields  # noqa: S608
