"""Lists of ideas and of problems: what a reader wishes, in an order that is fair unless she chose another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.place_map import Point, distance
from tequio.base.language_tags import is_tag
from tequio.base.text import read_id
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, Link, SearchText
from tequio.catalogue.selectors import MOST_HITS, PAGE, count_of, listed, search_rule
from tequio.catalogue.selectors.keyset import Key, Slice, read_float, read_moment, read_number, slice_of
from tequio.ideas.answers.models import Answer
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import visible_to as visible_processes
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, why
from tequio.territories.models import Territory
from tequio.territories.selectors import named

from ..types import read_map_link
from ..types.listing import (
    ANSWERED,
    BEST,
    CLOSING,
    MOST,
    NEAR,
    NEWEST,
    OPEN,
    RESULT,
    TURNS,
    WITH_COST,
    WITHOUT_COST,
    List,
    Row,
    Wish,
)
from .ordering import COUNTS, RECIPE, closes, read_turn, rotated, turn_now, why_here

LONGEST_WORDS = 200
MOST_NEAR = 2_000
KM_A_DEGREE = 111.2
# Near is looked for in wider and wider squares until a page is full.
NEAR_KM = (5.0, 25.0, 125.0, 21_000.0)


def read_wish(kind: str, asked: Mapping[str, str], person: Person | None) -> Wish:
    place = named([asked.get("place", "")[:40]]).get(asked.get("place", "")) if asked.get("place") else None
    words = asked.get("q", "").strip()[:LONGEST_WORDS]
    orders = (TURNS, NEWEST, CLOSING, MOST, NEAR, *([BEST] if words else []))
    order = _one_of(asked.get("order", ""), orders) or (BEST if words else TURNS)
    at = read_map_link(asked.get("at", "")[:100]) if asked.get("at") else None
    if order == NEAR and at is None:
        at = _known_point(place, person)
    return Wish(
        kind=kind, place=place, process=_process(person, asked.get("process", "")),
        standing=_one_of(asked.get("standing", ""), (OPEN, ANSWERED, RESULT)),
        cost=_one_of(asked.get("cost", ""), (WITH_COST, WITHOUT_COST)) if kind == "idea" else "",
        language=asked.get("language", "") if is_tag(asked.get("language", "")[:35]) else "",
        words=words, order=order, at=at, turn=read_turn(asked.get("turn", "")),
        before=asked.get("before", "")[:80], after=asked.get("after", "")[:80],
    )  # fmt: skip


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    return value if value in choices else ""


def _known_point(place: Territory | None, person: Person | None) -> tuple[float, float] | None:
    """Of the place she looks at, else of her home."""
    home = person.home if person is not None else None
    return next((one.point for one in (place, home) if one is not None and one.point), None)


def _process(person: Person | None, typed: str) -> Process | None:
    pk = read_id(typed)
    return visible_processes(person).select_related("item").filter(pk=pk).first() if pk is not None else None


def wished(person: Person | None, wish: Wish) -> QuerySet[Item]:
    """What is asked for, newest first; ideas that were joined to another are left out."""
    items = listed(person, kind=wish.kind, territory_id=wish.place.pk if wish.place else None)
    if wish.kind == "idea":
        items = items.filter(idea__merged_into=None).select_related("territory", "count", "idea", "entry")
    if wish.process is not None:
        items = items.filter(entry__process=wish.process.pk)
    if wish.standing:
        items = items.filter(_standing(wish.standing))
    if wish.cost:
        items = items.filter(idea__cost__isnull=wish.cost == WITHOUT_COST)
    if wish.language:
        items = items.filter(title__has_key=wish.language)
    return with_words(items, wish.words) if wish.words else items


def _standing(standing: str) -> Q:
    if standing == RESULT:
        grown = Link.objects.filter(source=OuterRef("pk"), kind=LinkKind.GREW_INTO, target__kind="result")
        return Q(Exists(grown.filter(target__state="published", target__hidden_by="")))
    answered = Exists(Answer.objects.filter(item=OuterRef("pk"), replaced_at=None))
    return Q(answered) if standing == ANSWERED else ~Q(answered)


def with_words(items: QuerySet[Item], words: str) -> QuerySet[Item]:
    """Those that hold the words, each with its `rank`."""
    found = search_rule(words)
    if found is None:
        return items.none().annotate(rank=Value(0.0))
    rule, rank = found
    hits = SearchText.objects.filter(rule, item__part_of=None).values("item_id")[:MOST_HITS]
    return items.filter(pk__in=hits).annotate(rank=Cast(rank, FloatField()))


def list_of(person: Person | None, wish: Wish, *, size: int = PAGE) -> List:
    """One page; at most five queries of its own."""
    items = wished(person, wish)
    count = count_of(items)
    recipe = active(RECIPE, wish.place.pk if wish.place else None)
    part, far = _slice(items, wish, recipe, size)
    return List(
        wish=wish,
        rows=[_row(item, wish, recipe, far) for item in part.items],
        number=count.number, is_more=count.is_more,
        older=wish.query(before=part.before) if part.before else "",
        newer=wish.query(after=part.after) if part.after else "",
        order_words=order_words(wish),
        order_why=why(recipe, {}) if wish.order == TURNS else None,
    )  # fmt: skip


def page_by(items: QuerySet[Item], wish: Wish, recipe: Active, size: int) -> tuple[list[Row], str]:
    """Rows of a page of these items in the order of the wish, and the cursor of what follows."""
    part, far = _slice(items, wish, recipe, size)
    return [_row(item, wish, recipe, far) for item in part.items], part.before


def _slice(items: QuerySet[Item], wish: Wish, recipe: Active, size: int) -> tuple[Slice, dict[int, float]]:
    if wish.order == NEAR and wish.at is not None:
        return _nearest(items, wish, size)
    return _page(items, wish, recipe, size), {}


def _page(items: QuerySet[Item], wish: Wish, recipe: Active, size: int) -> Slice:
    cursors: dict[str, Any] = {"before": wish.before, "after": wish.after, "size": size}
    if wish.order == TURNS:
        turning = rotated(items, recipe, wish.turn, COUNTS[wish.kind])
        return slice_of(turning, Key("turn_key", read_float, is_descending=False), **cursors)
    if wish.order == CLOSING:
        ending = items.annotate(closing=closes()).filter(closing__gt=timezone.now())
        return slice_of(ending, Key("closing", read_moment, is_descending=False), **cursors)
    if wish.order == MOST:
        column = COUNTS[wish.kind]
        return slice_of(items.filter(**{f"{column}__gt": 0}), Key(column, read_number), **cursors)
    if wish.order == BEST:
        return slice_of(items, Key("rank", read_float), **cursors)
    return slice_of(items, Key("published_at", read_moment), **cursors)


def _nearest(items: QuerySet[Item], wish: Wish, size: int) -> tuple[Slice, dict[int, float]]:
    """By distance among what has a point, counted no further than MOST_NEAR things around."""
    assert wish.at is not None
    middle = Point(*wish.at)
    rows: list[tuple[float, int]] = []
    first = 0
    for km in NEAR_KM:
        rows = _within(items, middle, km)
        first = _first(rows, wish, size)
        if len(rows) > first + size:
            break
    chosen = rows[first : first + size]
    found = {item.pk: item for item in items.filter(pk__in=[pk for _far, pk in chosen])}
    part = [found[pk] for _far, pk in chosen if pk in found]
    more = str(chosen[-1][1]) if chosen and first + size < len(rows) else ""
    return Slice(part, more, str(chosen[0][1]) if chosen and first else ""), {pk: far for far, pk in chosen}


def _within(items: QuerySet[Item], middle: Point, km: float) -> list[tuple[float, int]]:
    """(kilometres, number) of what is no farther away, the nearest first."""
    around = items.filter(_around(middle, km)).order_by("-pk").values_list("latitude", "longitude", "pk")
    rows = [
        (distance(middle, Point(north, east)), pk)
        for north, east, pk in around[:MOST_NEAR]
        if north is not None and east is not None
    ]
    return sorted((far, pk) for far, pk in rows if far <= km)


def _first(rows: list[tuple[float, int]], wish: Wish, size: int) -> int:
    """Where the page begins that a cursor leads to."""
    places = {str(pk): place for place, (_far, pk) in enumerate(rows)}
    if wish.after in places:
        return max(0, places[wish.after] - size)
    return places[wish.before] + 1 if wish.before in places else 0


def _around(middle: Point, km: float) -> Q:
    """A square about it; beyond 70 degrees north or south all longitudes."""
    high = km / KM_A_DEGREE
    if high >= 180:
        return Q(latitude__isnull=False)
    rule = Q(latitude__gte=middle.latitude - high, latitude__lte=middle.latitude + high)
    wide = high * 3
    if abs(middle.latitude) < 70 and abs(middle.longitude) + wide < 180:
        rule &= Q(longitude__gte=middle.longitude - wide, longitude__lte=middle.longitude + wide)
    return rule


def _row(item: Item, wish: Wish, recipe: Active, far: Mapping[int, float]) -> Row:
    number = item.count.supports if wish.kind == "idea" else item.count.people
    reasons = why_here(item, recipe, wish.turn, number) if wish.order == TURNS else None
    cost = item.idea.cost_words if wish.kind == "idea" else ""
    return Row(item, number, reasons, far.get(item.pk), cost)


def order_words(wish: Wish) -> str:
    return {
        TURNS: _("Order: it turns every hour, so that all are seen."),
        NEWEST: _("Order: newest first."),
        CLOSING: _("Order: closing soonest first."),
        MOST: _("Order: most supported first.") if wish.kind == "idea" else _("Order: most people first."),
        NEAR: _("Order: nearest first. What has no point on the map is not in it."),
        BEST: _("Order: what fits best first."),
    }[wish.order]


def first_of_turn(
    person: Person | None, kind: str, place: Territory | None, most: int, *, recipe: Active | None = None
) -> list[Row]:
    """The beginning of the list of a place as it stands in this turn, by other numbers where a `recipe` is given."""
    wish = Wish(kind=kind, place=place, turn=turn_now())
    recipe = recipe or active(RECIPE, place.pk if place else None)
    part = _page(wished(person, wish), wish, recipe, most)
    return [_row(item, wish, recipe, {}) for item in part.items]


def newest_of(person: Person | None, kind: str, territory: Territory, most: int) -> list[Row]:
    wish = Wish(kind=kind, place=territory, order=NEWEST)
    return [_row(item, wish, active(RECIPE, territory.pk), {}) for item in wished(person, wish)[:most]]


def places_with(kind: str) -> list[Territory]:
    """Places that have one that is published, for the filter."""
    has = Item.objects.filter(territory=OuterRef("pk"), kind=kind, state="published", hidden_by="")
    return list(Territory.objects.filter(Exists(has)).order_by("code"))


def processes_with(person: Person | None, kind: str, place: Territory | None, most: int = 50) -> list[Any]:
    """Processes in which some stand, the newest first, for the filter."""
    rows = (
        visible_processes(person)
        .filter(entries__item__kind=kind, item__state="published")
        .select_related("item")
    )
    if place is not None:
        rows = rows.filter(item__territory__paths_up__above=place)
    return list(rows.distinct().order_by("-pk")[:most])
