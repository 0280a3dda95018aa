"""Of what everybody can read in a place, how much is there in the original alone."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, QuerySet, Value

from tequio.base.languages import INTERFACE
from tequio.base.translatable import TRANSLATABLE, Translatable
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..enums import Need
from ..types import Gap
from .lacking import lacking


def gaps_of(territory: Territory) -> list[Gap]:
    """For each language of the place and of the interface; one query for all kinds."""
    languages = list(dict.fromkeys([*territory.languages, *INTERFACE]))
    parts = [_counted(kind, territory, languages) for kind in TRANSLATABLE.values()]
    rows = {row[0]: row[1:] for row in parts[0].union(*parts[1:], all=True)}
    all_of_it = sum(row[0] for row in rows.values())
    return [
        Gap(
            language, sum(row[number] for row in rows.values()), all_of_it,
            [(str(TRANSLATABLE[name].word), row[number]) for name, row in rows.items() if row[number]],
        )
        for number, language in enumerate(languages, start=1)
    ]  # fmt: skip


def _counted(kind: Translatable, territory: Territory, languages: list[str]) -> QuerySet[Any]:
    """(kind, how many, how many without the first language, the second …)."""
    rows = kind.shown(None).filter(**{f"{kind.place}__in": subtree_ids(territory.pk)})
    missing = {
        f"gap_{number}": Count("pk", filter=lacking(kind, [language], [Need.MISSING]))
        for number, language in enumerate(languages)
    }
    grouped = rows.order_by().annotate(row_kind=Value(kind.kind, output_field=CharField())).values("row_kind")
    return grouped.annotate(row_number=Count("pk"), **missing).values_list("row_kind", "row_number", *missing)
