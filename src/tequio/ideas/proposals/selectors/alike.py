"""Is it there already? Ideas of a place or process that say nearly the same, or share words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from tequio.algorithms.alike import EMPTY_WORDS, compare, read_text
from tequio.base.multilingual import Field, original_text
from tequio.base.text import fold
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.selectors import prefixes_of
from tequio.ideas.processes.models import Process
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, Why, why
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

RECIPE = "similar-ideas"
# Of so many that share words the letters are looked at.
LOOKED_AT = 40
MOST_WORDS = 4
LONGEST_READ = 4_000


@dataclass(frozen=True)
class Alike:
    """An item that says nearly the same, and how near that is."""

    item: Item
    score: float
    why: Why


def alike(
    title: str,
    body: str,
    *,
    territory: Territory,
    process: Process | None = None,
    kind: str = "idea",
    but: int | None = None,
    recipe: Active | None = None,
) -> list[Alike]:
    """Shown things of `kind` in the process, else in the place and below, the nearest first; two or three queries.

    Words of any language find candidates, letters and words decide (`algorithms.alike`, recipe "similar-ideas",
    or by other numbers where a `recipe` is given).
    """
    recipe = recipe or active(RECIPE, territory.pk)
    wanted = read_text(fold(title), fold(body))
    found = []
    for pk, plain, words in _candidates(title, territory, process, kind, but):
        near = compare(wanted, read_text(fold(original_text(words)), plain[:LONGEST_READ]))
        values = {"title": near.title, "words": near.words}
        score = sum(recipe.weights[name] * value for name, value in values.items())
        if score >= recipe.parameters["least"]:
            found.append((score, pk, values))
    best = sorted(found, key=lambda row: (-row[0], row[1]))[: int(recipe.parameters["most"])]
    items = Item.objects.select_related("territory", "count").in_bulk([pk for _score, pk, _values in best])
    return [Alike(items[pk], score, why(recipe, values)) for score, pk, values in best if pk in items]


def sharing_words(items: QuerySet[Item], text: str, *, most: int) -> list[Item]:
    """Those that share two of the longest words of a text; where none does, one. Best first."""
    stems = _stems(text)
    for query in filter(None, (_any_two(stems), _any_one(stems))):
        near = items.filter(search_text__search_all=query)
        near = near.order_by(SearchRank(F("search_text__search_all"), query).desc(), "-pk")
        if found := list(near[:most]):
            return found
    return []


def _candidates(
    title: str, territory: Territory, process: Process | None, kind: str, but: int | None
) -> list[tuple[int, str, Field]]:
    """(id, folded words, title) of those that share two words of the title, or the one it has."""
    stems = _stems(title)
    query = _any_two(stems) or _any_one(stems)
    if query is None:
        return []
    rows = SearchText.objects.filter(
        search_all=query, item__kind=kind, item__state=ItemState.PUBLISHED, item__hidden_by="", item__part_of=None,
        item__audience="public",
    )  # fmt: skip
    if process is not None:
        rows = rows.filter(item__entry__process=process)
    else:
        rows = rows.filter(item__territory__in=subtree_ids(territory.pk))
    if but is not None:
        rows = rows.exclude(item=but)
    ranked = rows.annotate(rank=SearchRank(F("search_all"), query)).order_by("-rank", "-item_id")
    return list(ranked.values_list("item_id", "plain", "item__title")[:LOOKED_AT])


def _stems(text: str) -> list[str]:
    """The longest words that say something, as beginnings to look for."""
    said = " ".join(word for word in fold(text).split() if len(word) > 2 and word not in EMPTY_WORDS)
    return sorted(dict.fromkeys(prefixes_of(said)), key=lambda one: -len(one))[:MOST_WORDS]


def _any_two(stems: list[str]) -> SearchQuery | None:
    """One alone is in too many ideas, all are in too few."""
    return _either([f"({one} & {other})" for one, other in combinations(stems, 2)])


def _any_one(stems: list[str]) -> SearchQuery | None:
    return _either(stems)


def _either(parts: list[str]) -> SearchQuery | None:
    return SearchQuery(" | ".join(parts), config="simple", search_type="raw") if parts else None
