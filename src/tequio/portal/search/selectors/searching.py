"""The search over everything: what fits, in which order, and what it can be narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from tequio.base.languages import current, name_of
from tequio.base.multilingual import read
from tequio.base.text import fold
from tequio.catalogue.enums import KINDS, Door
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import Count, search_rule, stem_of
from tequio.catalogue.selectors.finding import (
    MOST_FOUND,
    Cell,
    Weighed,
    counted,
    found,
    in_full,
    said_in,
    search_order,
    weighed,
    wide_rule,
)
from tequio.organisations.models import Organisation
from tequio.organisations.selectors.listing import Wish, wished
from tequio.people.models import Person
from tequio.territories.enums import TerritoryKind
from tequio.territories.models import Territory, TerritoryPath
from tequio.territories.selectors import places_around, places_named, subtree_ids

from ..enums import Facet, Moment, Order
from ..types import MOST_PAGES, Asked, Choice, FacetLine, Hit, excerpt, mark

PAGE = 20
MOST_BESIDE = 5
MOST_CHOICES = 8
FEW = 10  # below so many hits the page says how many other languages would add
MOST_COUNTED = 1_000
MOST_WIDER = 100


def read_asked(asked: Mapping[str, str]) -> Asked:
    """The wish in the query; an odd value becomes the default."""
    code = asked.get("place", "")
    page = asked.get("page", "")
    language = asked.get("language", "")
    return Asked(
        words=" ".join(asked.get("q", "").split())[:200],
        place=Territory.objects.filter(code=code).first() if code and len(code) <= 40 else None,
        kind=asked["kind"] if asked.get("kind") in KINDS else "",
        door=asked["door"] if asked.get("door") in Door.values else "",
        language=language if language.replace("-", "").isalnum() and len(language) < 12 else "",
        state=asked["state"] if asked.get("state") in Moment.values else "",
        order=asked["order"] if asked.get("order") in Order.values else Order.BEST.value,
        is_wide=asked.get("wide") == "1",
        page=min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() and int(page[:4]) > 0 else 1,
    )


def search_page(person: Person | None, query: Mapping[str, str]) -> dict[str, Any]:
    """Things and parts, best first, with facets; places and organisations of that name beside them."""
    asked = read_asked(query)
    context: dict[str, Any] = {"asked": asked, "hits": [], "is_missing": False}
    if not asked.words:
        return context
    rule_of = wide_rule if asked.is_wide else search_rule
    matching, narrow = found(person, asked.words, rule_of=rule_of), _narrow(asked)
    if matching.is_bounded and any(narrow.values()):  # what was asked for may lie further back
        matching = matching.along_with(found(person, asked.words, rule_of=rule_of, **narrow))
    order = search_order(asked.order, asked.place.pk if asked.place else None)
    rows = weighed(matching.items, order)
    cells = counted(rows)
    paths = places_around({cell.territory_id for cell in cells})
    fits = _fits(asked, paths)
    chosen = [row.pk for row in rows if fits(row)]
    number = len(chosen)
    last = min(MOST_PAGES, -(-number // PAGE))
    places = places_named(asked.words, MOST_BESIDE)
    organisations = _organisations(person, asked)
    is_nothing = not (matching.ids or places or organisations)
    return {
        **context,
        "hits": _hits(chosen, asked),
        "bound": MOST_FOUND if matching.is_bounded else None,
        "count": Count(min(number, MOST_COUNTED), is_more=number > MOST_COUNTED),
        "facets": [line for line in _facets(asked, cells, paths) if len(line.choices) > 1 or line.all_query],
        "order": order,
        "orders": _orders(asked),
        "found_places": places,
        "organisations": organisations[:MOST_BESIDE],
        "more_organisations": len(organisations) > MOST_BESIDE,
        "wider": _wider(person, asked, number),
        "newer": asked.query(page=asked.page - 1) if asked.page > 1 else "",
        "older": asked.query(page=asked.page + 1) if asked.page < last else "",
        "is_missing": is_nothing and not asked.is_narrowed,
    }


def _organisations(person: Person | None, asked: Asked) -> list[Organisation]:
    """Those in whose names every word begins one; one more than is shown tells that there are more."""
    named = wished(person, Wish(words=asked.words, place=asked.place))
    for word in fold(asked.words).split()[:8]:
        named = named.filter(Q(names__startswith=word) | Q(names__contains=f" {word}"))
    return list(named[: MOST_BESIDE + 1])


def _narrow(asked: Asked) -> dict[str, Any]:
    """What was chosen of the facets, as `narrowed` takes it."""
    kinds = [kind.name for kind in KINDS.values() if asked.door in ("", kind.door)]
    return {
        "kinds": [asked.kind] if asked.kind else kinds if asked.door else None,
        "territory_ids": subtree_ids(asked.place.pk) if asked.place else None,
        "language": asked.language, "moment": asked.state,
    }  # fmt: skip


def _hits(pks: list[int], asked: Asked) -> list[Hit]:
    first = (asked.page - 1) * PAGE
    page = in_full(pks[first : first + PAGE])
    return hits_of(page, beginnings(asked.words, is_wide=asked.is_wide))


def beginnings(words: str, *, is_wide: bool) -> list[str]:
    """What words that count as hits begin with; across languages a shorter beginning is enough."""
    stems = [stem_of(word) for word in fold(words).split()]
    return [stem[: max(4, len(stem) * 2 // 3)] if is_wide else stem for stem in stems]


def hits_of(items: list[Item], starts: list[str]) -> list[Hit]:
    """The items with the words that begin so marked in their titles, and in some of what stands in them."""
    language = current()
    bodies = said_in(items, language)
    hits = []
    for item in items:
        title = read(item.title, language)
        rest = bodies.get(item.pk, "").partition("\n")[2]
        hits.append(Hit(item, title, mark(title.text, starts), excerpt(rest, starts), language))
    return hits


def _fits(asked: Asked, paths: list[TerritoryPath], but: str = "") -> Callable[[Cell | Weighed], bool]:
    """Whether a cell is among what was asked for; `but` leaves one facet out, to count its own choices."""
    below = {row.below_id for row in paths if asked.place and row.above_id == asked.place.pk}

    def fits(cell: Cell | Weighed) -> bool:
        return (
            (but == Facet.KIND or asked.kind in ("", cell.kind))
            and (but == Facet.DOOR or asked.door in ("", KINDS[cell.kind].door))
            and (but == Facet.PLACE or asked.place is None or cell.territory_id in below)
            and (but == Facet.LANGUAGE or asked.language in ("", *cell.languages))
            and (but == Facet.STATE or asked.state in ("", cell.moment))
        )

    return fits


def _facets(asked: Asked, cells: list[Cell], paths: list[TerritoryPath]) -> list[FacetLine]:
    return [
        _line(Facet.KIND, asked.kind, _sum(asked, cells, paths, Facet.KIND, lambda cell: [cell.kind]),
              lambda name: KINDS[name].word, lambda name: asked.query(kind=name)),
        _line(Facet.DOOR, asked.door, _sum(asked, cells, paths, Facet.DOOR, lambda cell: [KINDS[cell.kind].door.value]),
              lambda name: Door(name).label, lambda name: asked.query(door=name)),
        _places(asked, cells, paths),
        _line(Facet.LANGUAGE, asked.language,
              _sum(asked, cells, paths, Facet.LANGUAGE, lambda cell: cell.languages),
              lambda tag: name_of(tag, current()), lambda tag: asked.query(language=tag)),
        _line(Facet.STATE, asked.state, _sum(asked, cells, paths, Facet.STATE, lambda cell: [cell.moment]),
              lambda name: Moment(name).label, lambda name: asked.query(state=name)),
    ]  # fmt: skip


def _sum(
    asked: Asked, cells: list[Cell], paths: list[TerritoryPath], facet: str, names: Callable[[Cell], Any]
) -> Counter[str]:
    fits, sums = _fits(asked, paths, but=facet), Counter[str]()
    for cell in cells:
        if fits(cell):
            for name in names(cell):
                sums[name] += cell.number
    return sums


def _line(
    facet: Facet, chosen: str, sums: Counter[str], say: Callable[[str], Any], query: Callable[[str], str]
) -> FacetLine:
    if chosen and chosen not in sums:
        sums[chosen] = 0
    names = sorted(sums, key=lambda name: (-sums[name], name))[:MOST_CHOICES]
    if chosen and chosen not in names:
        names[-1] = chosen
    choices = [Choice(say(name), sums[name], query(name), name == chosen) for name in names]
    return FacetLine(facet.label, choices, query("") if chosen else "")


def _places(asked: Asked, cells: list[Cell], paths: list[TerritoryPath]) -> FacetLine:
    """Places that have hits of their own, and countries that hold several of them."""
    direct = _sum(asked, cells, paths, Facet.PLACE, lambda cell: [str(cell.territory_id)])
    sums: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    names: dict[int, Territory] = {}
    for row in paths:
        if number := direct.get(str(row.below_id), 0):
            names[row.above_id] = row.above
            sums[row.above_id] += number
            inside[row.above_id] += 1
    kept = [
        pk for pk, place in names.items()
        if str(pk) in direct or (place.kind == TerritoryKind.COUNTRY and inside[pk] > 1)
    ]  # fmt: skip
    kept.sort(key=lambda pk: (-sums[pk], fold(names[pk].title.text), pk))
    kept = kept[:MOST_CHOICES]
    if asked.place and asked.place.pk not in kept:
        names[asked.place.pk] = asked.place
        kept = [asked.place.pk, *kept]
    chosen = asked.place.pk if asked.place else 0
    choices = [Choice(names[pk].title, sums[pk], asked.query(place=names[pk]), pk == chosen) for pk in kept]
    return FacetLine(Facet.PLACE.label, choices, asked.query(place=None) if asked.place else "")


def _orders(asked: Asked) -> list[Choice]:
    return [Choice(one.label, 0, asked.query(order=one.value), one.value == asked.order) for one in Order]


def _wider(person: Person | None, asked: Asked, number: int) -> dict[str, Any]:
    """The way to the same word in other languages; with how many it would find, where few were found."""
    if asked.is_wide:
        return {"query": asked.query(is_wide=False), "is_on": True, "count": None}
    more = None
    if number < FEW and not asked.is_narrowed:
        wide = found(person, asked.words, rule_of=wide_rule, most=MOST_WIDER, **_narrow(asked))
        more = Count(min(len(wide.ids), MOST_WIDER), is_more=len(wide.ids) > MOST_WIDER or wide.is_bounded)
        if more.number <= number:
            return {}
    return {"query": asked.query(is_wide=True), "is_on": False, "count": more}
