"""Lists and search over everything, written once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Extract, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.languages import INTERFACE
from tequio.base.text import fold
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import OPEN_NOW, Active, Why, why
from tequio.territories.selectors import subtree_ids

from ..models import Item, SearchText
from ..permissions import visible_to
from .keyset import Key, read_moment, read_place, slice_of

PAGE = 20
NEWEST = Key("published_at", read_moment)
MOST_HITS = 5_000


@dataclass(frozen=True)
class Page:
    """One page of a list; `older` and `newer` are what the links carry on."""

    items: list[Item]
    older: str = ""
    newer: str = ""


def listed(
    person: Person | None,
    *,
    kind: str = "",
    kinds: list[str] | None = None,
    territory_id: int | None = None,
) -> QuerySet[Item]:
    """Published items that stand on their own, newest first."""
    items = visible_to(person).filter(state="published", hidden_by="", part_of=None)
    if kind:
        items = items.filter(kind=kind)
    if kinds is not None:
        items = items.filter(kind__in=kinds)
    if territory_id is not None:
        items = items.filter(territory_id__in=subtree_ids(territory_id))
    return items.select_related("territory", "count").order_by("-published_at", "-id")


@dataclass(frozen=True)
class OpenOrder:
    """In which order open things stand in a place, in a sentence, and the rule behind it."""

    recipe: Active
    words: str
    why: Why


def open_order(territory_id: int | None = None) -> OpenOrder:
    """As the recipe "open-now" has it there; None is everywhere."""
    recipe = active("open-now", territory_id)
    closing, fresh = recipe.weights["closing"], recipe.weights["fresh"]
    words = _("Order: newest first.")
    if closing:
        words = (
            _("Order: what closes soon and what is new first.")
            if fresh
            else _("Order: closing soonest first.")
        )
    return OpenOrder(recipe, words, why(recipe, {}))


def open_now(items: QuerySet[Item], order: OpenOrder | None = None) -> QuerySet[Item]:
    """Those one can take part in today; without an `order`, closing soonest first."""
    now = timezone.now()
    found = items.filter(Q(opens_at=None) | Q(opens_at__lte=now), Q(closes_at=None) | Q(closes_at__gt=now))
    weights = order.recipe.weights if order else OPEN_NOW.weights
    if not weights["closing"]:
        return found.order_by("-published_at", "-id")
    if not weights["fresh"]:  # the same order as by the sum, and an index knows it
        return found.order_by(F("closes_at").asc(nulls_last=True), "-id")
    moment = Value(now, output_field=DateTimeField())
    soon = Coalesce(nearness(F("closes_at"), moment), Value(0.0), output_field=FloatField())
    score = weights["closing"] * soon + weights["fresh"] * nearness(moment, F("published_at"))
    return found.annotate(order_score=score).order_by("-order_score", "-id")


def nearness(later: Combinable, earlier: Combinable) -> Combinable:
    """1 where nothing lies between two moments, a half after a day, less and less from then on."""
    between = ExpressionWrapper(later - earlier, output_field=DurationField())
    days = ExpressionWrapper(Extract(between, "epoch") / Value(86_400.0), output_field=FloatField())
    return ExpressionWrapper(Value(1.0) / (Value(1.0) + days), output_field=FloatField())


def over(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.filter(closes_at__lte=timezone.now()).order_by("-closes_at", "-id")


@dataclass(frozen=True)
class Count:
    """A number that stops counting at `most`: then it says "more than"."""

    number: int
    is_more: bool = False


def count_of(items: QuerySet[Any], *, most: int = 1_000) -> Count:
    """How many, counted no further than `most`: beyond that an exact number costs more than it tells."""
    number = items.order_by()[: most + 1].count()
    return Count(min(number, most), is_more=number > most)


def page_of(items: QuerySet[Item], *, before: str = "", after: str = "", size: int = PAGE) -> Page:
    """One page of what is newest, by key, never by offset. `before` and `after` are cursors of an earlier page."""
    found = slice_of(items, NEWEST, before=before, after=after, size=size)
    return Page(found.items, older=found.before, newer=found.after)


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """A moment and a number; None for anything that is not a cursor: the list then starts at its beginning."""
    return read_place(text, NEWEST)


def search(person: Person | None, words: str, *, kinds: list[str] | None = None) -> QuerySet[Item]:
    """Items whose words match in any of the three languages, or begin like them without accents."""
    query = search_rule(words)
    if query is None:
        return _nothing()
    rule, rank = query
    # Parts share words with their whole and outnumber it: they must not use up the bound.
    hits = SearchText.objects.filter(rule, item__part_of=None).values("item_id")[:MOST_HITS]
    items = listed(person, kinds=kinds).filter(pk__in=hits)
    return items.annotate(rank=rank).order_by("-rank", "-id")


def search_parts(person: Person | None, words: str, *, territory_id: int | None = None) -> QuerySet[Item]:
    """Published parts (statements and the like) whose words match, with the whole each belongs to."""
    query = search_rule(words)
    if query is None:
        return _nothing()
    rule, rank = query
    hits = SearchText.objects.filter(rule, item__part_of__isnull=False).values("item_id")[:MOST_HITS]
    items = visible_to(person).filter(
        state="published", hidden_by="", part_of__state="published", pk__in=hits
    )
    if territory_id is not None:
        items = items.filter(territory_id__in=subtree_ids(territory_id))
    return (
        items.select_related("territory", "part_of__territory").annotate(rank=rank).order_by("-rank", "-id")
    )


def _nothing() -> QuerySet[Item]:
    """No item, with the column that callers order by."""
    return Item.objects.none().annotate(rank=Value(0.0))


def search_rule(words: str) -> tuple[Q, Greatest] | None:
    """The condition on SearchText and the rank on Item; None where nothing can be searched for."""
    words = words.strip()[:200]
    prefixes = prefixes_of(words)
    if not prefixes:
        return None
    plain = SearchQuery(" & ".join(prefixes), config="simple", search_type="raw")
    rule = Q(search_plain=plain)
    ranks: list[Combinable] = [SearchRank(F("search_text__search_plain"), plain) * 0.5]
    for language in INTERFACE:
        stems = SearchQuery(words, config=f"public.tq_{language}", search_type="websearch")
        rule |= Q(**{f"search_{language}": stems})
        ranks.append(SearchRank(F(f"search_text__search_{language}"), stems))
    return rule, Greatest(*ranks)


def prefixes_of(words: str) -> list[str]:
    """The beginnings that folded words are looked for by, twelve at most."""
    return [f"{stem_of(word)}:*" for word in fold(words.strip()[:200]).split()[:12]]


def stem_of(word: str) -> str:
    """Cut a plural ending if four letters stay: *jóvenes* and *joven* then share a beginning."""
    found = re.match(r"^(.{4,}?)(es|s|x)$", word)
    return found[1] if found else word
