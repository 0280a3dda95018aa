"""Everything that matches some words, things and their parts alike: in an order by recipe, counted by facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.base.languages import INTERFACE
from tequio.base.text import fold
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, Why, why

from ..models import Item, SearchText
from ..permissions import visible_to
from . import nearness, prefixes_of, search_rule

RECIPE = "search-order"
# ts_rank of a plain hit lies about here: the fit of such a hit is then a half.
USUAL_RANK = 0.08
# Beyond so many hits only the newest are ranked: to weigh thousands takes longer than a reader waits.
MOST_FOUND = 500
OPEN, OVER, LATER = "open", "over", "later"


@dataclass(frozen=True)
class Cell:
    """How many hits share kind, place, moment (open, over, later) and the languages they can be read in."""

    kind: str
    territory_id: int
    moment: str
    languages: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class SearchOrder:
    """In which order hits stand, in a sentence, and the rule behind it where there is one."""

    name: str
    words: str
    why: Why | None = None
    recipe: Active | None = None


class _Languages(Func):
    """The languages a multilingual text is there in."""

    template = "ARRAY(SELECT jsonb_object_keys(%(expressions)s))"
    output_field = ArrayField(TextField())


def wide_rule(words: str) -> tuple[Q, Combinable] | None:
    """As `search_rule`, but a stem of one language also meets those of the others: *cooperativas*, *coopérative*."""
    prefixes = prefixes_of(words)
    if not prefixes:
        return None
    query = SearchQuery(" & ".join(prefixes), config="simple", search_type="raw")
    for language in INTERFACE:
        query |= SearchQuery(words.strip()[:200], config=f"public.tq_{language}", search_type="websearch")
    return Q(search_all=query), SearchRank(F("search_text__search_all"), query)


def likely_rule(words: str) -> tuple[Q, Combinable] | None:
    """What shares any of the words that say something: for whole sentences, of which no other has every word."""
    said = [word for word in fold(words).split()[:24] if len(word) > 2]
    if not said:
        return None
    query = SearchQuery(" or ".join(said), config=f"public.tq_{INTERFACE[0]}", search_type="websearch")
    for language in INTERFACE[1:]:
        query |= SearchQuery(" or ".join(said), config=f"public.tq_{language}", search_type="websearch")
    return Q(search_all=query), SearchRank(F("search_text__search_all"), query)


@dataclass(frozen=True)
class Found:
    """The newest that match. `is_bounded`: there are more of them, and those are not among the items."""

    ids: list[int]
    rank: Combinable
    is_bounded: bool = False

    @property
    def items(self) -> QuerySet[Item]:
        """With `rank`, in no order yet."""
        return Item.objects.filter(pk__in=self.ids).annotate(rank=self.rank)

    def along_with(self, other: Found) -> Found:
        return replace(self, ids=list({*self.ids, *other.ids}))


def found(
    person: Person | None,
    words: str,
    *,
    rule_of: Callable[[str], tuple[Q, Combinable] | None] = search_rule,
    most: int = MOST_FOUND,
    **narrow: Any,
) -> Found:
    """Shown things and parts of shown things whose words match, of what is left by `narrowed(**narrow)`.

    The newest `most` things and as many parts: parts share words with their whole and outnumber it. What is
    ranked, counted and put in order is no more than these, however common a word is.
    """
    found_rule = rule_of(words)
    if found_rule is None:
        return Found([], Value(0.0))
    rule, rank = found_rule
    whole_is_shown = Q(part_of=None) | Q(part_of__state="published", part_of__hidden_by="")
    shown = visible_to(person).filter(whole_is_shown, state="published", hidden_by="")
    matching = shown.filter(pk__in=SearchText.objects.filter(rule).values("item_id"))
    newest = narrowed(matching, **narrow).order_by("-pk")
    wholes = newest.filter(part_of=None).values("pk", "part_of")[: most + 1]
    parts = newest.filter(part_of__isnull=False).values("pk", "part_of")[: most + 1]
    rows = list(wholes.union(parts, all=True))
    ids = [[row["pk"] for row in rows if (row["part_of"] is None) == is_whole] for is_whole in (True, False)]
    return Found(
        ids=[pk for kind in ids for pk in kind[:most]],
        rank=rank,
        is_bounded=any(len(kind) > most for kind in ids),
    )


class Weighed(NamedTuple):
    """A hit in its place of the order: what it is counted by."""

    pk: int
    kind: str
    territory_id: int
    moment: str
    languages: list[str]


def weighed(items: QuerySet[Item], order: SearchOrder) -> list[Weighed]:
    """All hits in order, with what they are counted by, in one query; a part is open while its whole is."""
    rows = ordered(items, order).annotate(moment=_moment(), tongues=_Languages(F("title")))
    return [Weighed(*row) for row in rows.values_list("pk", "kind", "territory_id", "moment", "tongues")]


def counted(rows: Iterable[Weighed]) -> list[Cell]:
    """How the hits divide."""
    numbers = Counter((row.kind, row.territory_id, row.moment, tuple(row.languages)) for row in rows)
    return [Cell(*key, number) for key, number in numbers.items()]


def _moment() -> Combinable:
    now = timezone.now()
    return Case(
        When(Q(closes_at__lte=now) | Q(closes_at=None, part_of__closes_at__lte=now), then=Value(OVER)),
        When(Q(opens_at__gt=now) | Q(opens_at=None, part_of__opens_at__gt=now), then=Value(LATER)),
        default=Value(OPEN),
    )


def narrowed(
    items: QuerySet[Item],
    *,
    kinds: list[str] | None = None,
    territory_ids: list[int] | None = None,
    language: str = "",
    moment: str = "",
) -> QuerySet[Item]:
    """Only those of some kinds, in some places, readable in a language, at a moment."""
    if kinds is not None:
        items = items.filter(kind__in=kinds)
    if territory_ids is not None:
        items = items.filter(territory_id__in=territory_ids)
    if language:
        items = items.filter(title__has_key=language)
    if moment:
        items = items.annotate(moment=_moment()).filter(moment=moment)
    return items


def search_order(name: str, territory_id: int | None = None) -> SearchOrder:
    """`name` is best, newest or closing; anything else is best, as the recipe "search-order" has it there."""
    if name == "newest":
        return SearchOrder(name, _("Order: newest first."))
    if name == "closing":
        return SearchOrder(name, _("Order: closing soonest first."))
    recipe = active(RECIPE, territory_id)
    return SearchOrder("best", _("Order: what fits best first."), why(recipe, {}), recipe)


def ordered(items: QuerySet[Item], order: SearchOrder) -> QuerySet[Item]:
    """The hits in that order. Sums that no index knows, so that the planner never walks the whole list for few hits."""
    if order.name == "closing":
        return items.filter(closes_at__gt=timezone.now()).order_by(Coalesce("closes_at", "made_at"), "-pk")
    if order.name == "newest" or order.recipe is None:
        return items.order_by(Coalesce("published_at", "made_at").desc(), "-pk")
    weights = order.recipe.weights
    score: Combinable = Value(weights["fit"]) * fit()
    if weights["whole"]:
        score += Case(When(part_of=None, then=Value(weights["whole"])), default=Value(0.0))
    if weights["open"]:
        score += Case(When(Q(moment=OPEN), then=Value(weights["open"])), default=Value(0.0))
        items = items.annotate(moment=_moment())
    if weights["fresh"]:
        moment = Value(timezone.now(), output_field=DateTimeField())
        score += Value(weights["fresh"]) * nearness(moment, F("published_at"))
    whole = ExpressionWrapper(score, output_field=FloatField())
    return items.annotate(score=whole).order_by(F("score").desc(), F("rank").desc(), "-pk")


def in_full(pks: Sequence[int]) -> list[Item]:
    """The items of these keys, in their order, with places and wholes: read when it is known which are shown."""
    rows = Item.objects.select_related("territory", "part_of__territory", "count").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def fit() -> Combinable:
    """rank / (rank + usual): between 0 and 1, a half for a plain hit."""
    rank = F("rank")
    return ExpressionWrapper(rank / (rank + Value(USUAL_RANK)), output_field=FloatField())


def said_in(items: list[Item], language: str, longest: int = 4_000) -> dict[int, str]:
    """Item → the words search saw of it in the reader's language, else in any of the interface's."""
    others = [one for one in INTERFACE if one != language]
    rows = SearchText.objects.filter(pk__in=[item.pk for item in items])
    fields = [language if language in INTERFACE else INTERFACE[0], *others]
    said = {}
    for row in rows.annotate(**{f"begin_{name}": _begin(name, longest) for name in fields}).values(
        "pk", *(f"begin_{name}" for name in fields)
    ):
        said[row["pk"]] = next((row[f"begin_{name}"] for name in fields if row[f"begin_{name}"]), "")
    return said


def _begin(name: str, longest: int) -> Func:
    return Func(F(name), Value(longest), function="left", output_field=TextField())
