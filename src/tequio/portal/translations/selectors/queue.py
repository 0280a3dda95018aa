"""The queue: what waits for a translator, of every kind in one query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from tequio.base.languages import INTERFACE, current
from tequio.base.multilingual import read
from tequio.base.translatable import TRANSLATABLE, Translatable
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath

from ..enums import Need
from ..types import QueuePage, Waiting, Wish
from .lacking import lacking, lacks_of, title_of

PAGE = 20
MOST_COUNTED = 1_000
ORDER = ("-row_at", "row_kind", "-row_pk")


def queue(person: Person, wish: Wish, languages: list[str], *, before: str = "") -> QueuePage:
    """One page of what she may translate, the newest first; two queries, whatever kinds there are."""
    needs = [Need(wish.need)] if wish.need else list(Need)
    kinds = [TRANSLATABLE[wish.kind]] if wish.kind else list(TRANSLATABLE.values())
    rows = {
        kind.kind: _rows(kind, person, wish.place).filter(lacking(kind, languages, needs)) for kind in kinds
    }
    number = _count(rows.values())
    cursor = read_cursor(before)
    parts = [_told(TRANSLATABLE[name], one, cursor)[: PAGE + 1] for name, one in rows.items()]
    whole = parts[0].union(*parts[1:], all=True).order_by(*ORDER) if parts[1:] else parts[0]
    found = list(whole[: PAGE + 1])
    shown = [_waiting(row, languages, needs) for row in found[:PAGE]]
    return QueuePage(
        shown,
        min(number, MOST_COUNTED),
        number > MOST_COUNTED,
        _cursor(found[PAGE - 1]) if len(found) > PAGE else "",
    )


def waiting_for(person: Person, languages: list[str]) -> int:
    """How much waits in the places she translates for, counted no further than 1,001; one query."""
    parts = [
        _of_her_places(kind, person, own=False).filter(lacking(kind, languages, list(Need)))
        for kind in TRANSLATABLE.values()
    ]
    return _count(parts)


def _count(parts: Iterable[QuerySet[Any]]) -> int:
    ids = [one.order_by().values_list("pk")[: MOST_COUNTED + 1] for one in parts]
    return ids[0].union(*ids[1:], all=True)[: MOST_COUNTED + 1].count() if ids[1:] else ids[0].count()


def _rows(kind: Translatable, person: Person, place: Territory | None) -> QuerySet[Any]:
    rows = _of_her_places(kind, person)
    if place is None:
        return rows
    return rows.filter(**{f"{kind.place}__in": TerritoryPath.objects.filter(above=place).values("below")})


def _of_her_places(kind: Translatable, person: Person, *, own: bool = True) -> QuerySet[Any]:
    """In the places whose words she may translate, and what she wrote herself."""
    below = TerritoryPath.objects.filter(above__in=person.role_places(RoleName.TRANSLATOR)).values("below")
    rule = Q(**{f"{kind.place}__in": below})
    if own and kind.author:
        rule |= Q(**{kind.author: person})
    return kind.shown(person).filter(rule)


def _told(kind: Translatable, rows: QuerySet[Any], cursor: tuple[datetime, str, int] | None) -> QuerySet[Any]:
    """In the columns that all kinds share."""
    if cursor is not None:
        at, name, pk = cursor
        same = Q(**{kind.moment: at})
        same &= Q(pk__lt=pk) if kind.kind == name else Q() if kind.kind > name else Q(pk__in=[])
        rows = rows.filter(Q(**{f"{kind.moment}__lt": at}) | same)
    return (
        rows.order_by()
        .annotate(
            row_kind=Value(kind.kind, output_field=CharField()), row_pk=F("pk"), row_at=F(kind.moment),
            row_place=F(f"{kind.place}__name"),
            row_texts=JSONObject(**{text.name: F(text.path) for text in kind.texts}),
        )
        .order_by(*ORDER)
        .values_list("row_kind", "row_pk", "row_at", "row_place", "row_texts")
    )  # fmt: skip


def _waiting(row: tuple[Any, ...], languages: list[str], needs: list[Need]) -> Waiting:
    name, pk, at, place, texts = row
    kind = TRANSLATABLE[name]
    return Waiting(
        kind=name, word=str(kind.word), pk=pk, words=title_of(texts, kind.texts), place=read(place, current()),
        at=at, lacks=lacks_of(kind, texts, languages, needs),
    )  # fmt: skip


def _cursor(row: tuple[Any, ...]) -> str:
    return f"{row[2].isoformat()}_{row[0]}_{row[1]}"


def read_cursor(text: str) -> tuple[datetime, str, int] | None:
    """None for anything that is no cursor: the list then starts at its beginning."""
    moment, _first, rest = text.partition("_")
    name, _second, number = rest.partition("_")
    if name not in TRANSLATABLE or not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, name, int(number)) if at.tzinfo is not None else None


def languages_wanted(person: Person, places: Iterable[Territory]) -> list[str]:
    """Into which languages: those of the interface, of the places, and hers."""
    spoken = [tag for place in places for tag in place.languages]
    return list(dict.fromkeys([*INTERFACE, *spoken, *person.languages]))


def read_by(person: Person) -> list[str]:
    """Those she says she reads; those of the interface where she said nothing."""
    return list(dict.fromkeys(person.languages)) or list(INTERFACE)


def places_of(person: Person) -> list[Territory]:
    """Where she may translate, by her roles; one query."""
    return list(Territory.objects.filter(pk__in=person.role_places(RoleName.TRANSLATOR)).order_by("code"))
