"""Problems to take along, one a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from tequio.base.multilingual import original_language, original_text
from tequio.catalogue.selectors import listed
from tequio.formats.polis_cells import text_cell
from tequio.territories.models import Territory

from ..models import Problem

COLUMNS = (
    "id", "title", "what", "who_is_affected", "evidence", "how_often", "language", "territory", "place_name", "point",
    "people", "published_at", "url",
)  # fmt: skip
MOST_ROWS = 50_000


def problem_lines(place: Territory | None) -> Iterator[str]:
    """Lines of a CSV file that spreadsheets run nothing of: what is public, the newest first, in its original words."""
    yield ",".join(COLUMNS) + "\r\n"
    for problem in _rows(place)[:MOST_ROWS].iterator(chunk_size=500):
        yield ",".join(_cell(value) for value in _values(problem)) + "\r\n"


def _rows(place: Territory | None) -> QuerySet[Problem]:
    items = listed(None, kind="problem", territory_id=place.pk if place else None).order_by()
    rows = Problem.objects.filter(item__in=items.values("pk")).select_related(
        "item__territory", "item__count"
    )
    return rows.order_by("-item__published_at", "-pk")


def _values(problem: Problem) -> tuple[Any, ...]:
    item = problem.item
    assert item.published_at is not None
    point = "" if item.latitude is None else f"{item.latitude},{item.longitude}"
    return (
        item.pk, original_text(item.title), *(original_text(getattr(problem, name)) for name in COLUMNS[2:5]),
        problem.how_often, original_language(item.title), item.territory.code, item.place_name, point,
        item.count.people, item.published_at.isoformat(), item.path,
    )  # fmt: skip


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, int) else text_cell(str(value))
