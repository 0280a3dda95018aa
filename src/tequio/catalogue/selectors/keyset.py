"""Pages by key: of any column that orders, with the number of the row where two are equal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from django.db.models import Q, QuerySet

from ..models import Item

LARGEST = 2**63


@dataclass(frozen=True)
class Key:
    """The column that orders, how its value is read from an address, and whether the greatest comes first.

    Of two equal ones the greater number stands first.
    """

    column: str
    read: Callable[[str], Any]
    is_descending: bool = True

    def order(self, *, is_backward: bool = False) -> tuple[str, str]:
        sign = "-" if self.is_descending != is_backward else ""
        return f"{sign}{self.column}", "pk" if is_backward else "-pk"

    def beyond(self, value: Any, pk: int, *, is_backward: bool = False) -> Q:
        """Whatever stands behind (or before) that row."""
        way = "lt" if self.is_descending != is_backward else "gt"
        then = "gt" if is_backward else "lt"
        return Q(**{f"{self.column}__{way}": value}) | Q(**{self.column: value, f"pk__{then}": pk})


@dataclass(frozen=True)
class Slice:
    """Rows of one page; `before` leads on to what follows, `after` back to what came before, "" where nothing does."""

    items: list[Item]
    before: str = ""
    after: str = ""


def slice_of(items: QuerySet[Item], key: Key, *, before: str, after: str, size: int) -> Slice:
    """Behind the row of `before`, or just ahead of the row of `after`; from the beginning for anything else."""
    if (row := read_place(after, key)) is not None:
        found = items.filter(key.beyond(*row, is_backward=True)).order_by(*key.order(is_backward=True))
        rows = list(found[: size + 1])
        has_more, rows = len(rows) > size, rows[:size][::-1]
        return Slice(rows, _write(rows[-1:], key), _write(rows[:1], key) if has_more else "")
    row = read_place(before, key)
    found = items.filter(key.beyond(*row)) if row is not None else items
    rows = list(found.order_by(*key.order())[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    return Slice(
        rows, _write(rows[-1:], key) if has_more else "", _write(rows[:1], key) if row is not None else ""
    )


def _write(rows: list[Item], key: Key) -> str:
    """ "" without a row."""
    if not rows:
        return ""
    value: Any = rows[0]
    for name in key.column.split("__"):
        value = getattr(value, name)
    return f"{value.isoformat() if isinstance(value, datetime) else repr(value)}_{rows[0].pk}"


def read_place(text: str, key: Key) -> tuple[Any, int] | None:
    """The value and number of the row a cursor names; None for anything else: the list then starts anew."""
    value, _between, pk = text.rpartition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 20) or not value.isascii():
        return None
    try:
        found = key.read(value)
    except (ValueError, OverflowError):
        return None
    return (found, int(pk)) if 0 < int(pk) < LARGEST else None


def read_moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    return at


def read_number(text: str) -> int:
    number = int(text)
    if not 0 <= number < LARGEST:
        raise ValueError("no count of ours")
    return number


def read_float(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("no number")
    return number
