"""Who is to be told of something, in the order of their ids, a bounded number at a time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.permissions import shown_to_everybody, visible_to
from tequio.catalogue.selectors import search_rule
from tequio.people.models import Person
from tequio.territories.selectors import above_ids

from ..enums import Event
from ..models import Announcement, Follow

SEARCHES_A_QUERY = 50


def matching_searches(row: Announcement) -> list[str]:
    """The words of those searches that find the new thing; a search hears of what opens, of nothing else.

    Fifty different searches are tried in one query against one row; people who look for the same share one.
    """
    if row.event != Event.OPENED or row.item_id is None:
        return []
    found: list[str] = []
    for words in _searches():
        rules = {
            f"search_{number}": ExpressionWrapper(rule[0], output_field=BooleanField())
            for number, one in enumerate(words)
            if (rule := search_rule(one)) is not None
        }
        hits = SearchText.objects.filter(item=row.item_id).annotate(**rules).values(*rules).first() or {}
        found += [one for number, one in enumerate(words) if hits.get(f"search_{number}")]
    return found


def _searches() -> Iterator[list[str]]:
    """All different words that are looked for, fifty at a time."""
    after = ""
    while True:
        rows = Follow.objects.filter(words__gt=after).order_by("words").values_list("words", flat=True)
        words = list(rows.distinct()[:SEARCHES_A_QUERY])
        if not words:
            return
        yield words
        after = words[-1]


def followers_after(row: Announcement, searches: list[str], *, most: int) -> list[int]:
    """Ids of the next `most` people who follow the item, its whole, its place or above, its organisation, or who looked for it.

    Whoever acted herself is not told. Only what stands on its own is told to those who follow the place.
    """
    item = row.item
    assert item is not None, "what is told to all who follow is about an item"
    base = Follow.objects.filter(person_id__gt=row.told_up_to, person__is_active=True)
    wholes = [item.pk, *([item.part_of_id] if item.part_of_id else [])]
    wanted = [base.filter(item__in=wholes)]
    if item.part_of_id is None:
        places = list(above_ids(item.territory_id))
        is_kind = Q(kind="") | Q(kind=item.kind)
        wanted.append(base.filter(is_kind, territory__in=places, item=None, words=""))
        if item.organisation_id:
            wanted.append(base.filter(organisation=item.organisation_id))
        if searches:
            is_there = Q(territory=None) | Q(territory__in=places)
            wanted.append(base.filter(is_kind, is_there, words__in=searches))
    ids = [_people(rows, row.by_id, most) for rows in wanted]
    first, *others = ids
    return list(first.union(*others).order_by("person_id")[:most] if others else first)


def _people(rows: QuerySet[Follow], by: int | None, most: int) -> QuerySet[Follow, int]:
    if by is not None:
        rows = rows.exclude(person_id=by)
    return rows.order_by("person_id").values_list("person_id", flat=True).distinct()[:most]


def who_may_see(item: Item, people: list[Person]) -> list[Person]:
    """Those of them who may see the item now: asked once where it is for everybody, else of each."""
    if Item.objects.filter(shown_to_everybody(), pk=item.pk).exists():
        return people
    return [person for person in people if visible_to(person).filter(pk=item.pk).exists()]
