"""What other numbers would change, tried on the list they order, as it stands today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from tequio.algorithms.risk import assess
from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.base.text import fold
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to
from tequio.catalogue.selectors import OpenOrder, listed, open_now
from tequio.catalogue.selectors.finding import SearchOrder, found, narrowed, ordered
from tequio.discussions.models import Comment
from tequio.discussions.selectors.ordering import busiest_discussion, first_by
from tequio.ideas.deliberation.selectors.routing import busiest_open, ranked
from tequio.people.models import Person
from tequio.recipes.types import Active, why
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..types import Place, Preview

FIRST = 10
SCREENED = 200
LONG = 200


def preview(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """`tried` has the new numbers. Only what `person` may see is in it."""
    return PREVIEWS[in_use.name](person, in_use, tried, place)


def with_numbers(in_use: Active, weights: dict[str, float], parameters: dict[str, float]) -> Active:
    return replace(in_use, number=0, weights=weights, parameters=parameters)


def _open_now(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    items = listed(None, territory_id=place.pk if place else None)
    before, after = (
        list(open_now(items, OpenOrder(recipe, "", why(recipe, {})))[:FIRST]) for recipe in (in_use, tried)
    )
    return _compare(_("What is open now"), before, after)


def _routing(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    conversation = busiest_open(person, place.pk if place else None)
    if conversation is None:
        return Preview(_("Statements of a conversation"), [], [], 0)
    before, after = (
        [statement.item for statement in ranked(conversation, recipe)] for recipe in (in_use, tried)
    )
    title = read(conversation.item.title, current())
    says = _("Statements of “%(title)s”, the most often drawn first") % {"title": title}
    return _compare(says, before, after)


def _screening(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """Of what was published last, what would have waited. Signs are kept as they were counted then."""
    items = visible_to(person).filter(screening__isnull=False)
    if place is not None:
        items = items.filter(territory_id__in=subtree_ids(place.pk))
    lately = list(items.select_related("screening").order_by("-screening__at", "-pk")[:SCREENED])
    before, after = (
        [
            item
            for item in lately
            if assess(item.screening.values, recipe.weights, limit=recipe.parameters["limit"]).is_held
        ]
        for recipe in (in_use, tried)
    )
    says = _("Of the last %(number)d posts, those that wait") % {"number": len(lately)}
    return _compare(says, before, after)


def _comments(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    item = busiest_discussion(person, place.pk if place else None)
    if item is None:
        return Preview(_("Comments"), [], [], 0)
    before, after = (first_by(item, recipe, person, FIRST) for recipe in (in_use, tried))
    says = _("Comments on “%(title)s”") % {"title": read(item.title, current())}
    return _compare(says, before, after)


def _search_order(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """A search for the longest word of the newest title there."""
    newest = listed(None, territory_id=place.pk if place else None).first()
    words = max(fold(read(newest.title, current()).text).split() or [""], key=len) if newest else ""
    items = narrowed(found(None, words), territory_ids=subtree_ids(place.pk) if place else None)
    before, after = (
        list(ordered(items, SearchOrder("best", "", recipe=recipe))[:FIRST]) for recipe in (in_use, tried)
    )
    return _compare(_("A search for “%(words)s”") % {"words": words}, before, after)


def _compare(says: str, before: Iterable[Item | Comment], after: Iterable[Item | Comment]) -> Preview:
    old, new = list(before), list(after)
    was = {item.pk: number for number, item in enumerate(old, 1)}
    moved = sum(was.get(item.pk, 0) != number for number, item in enumerate(new, 1))
    moved += len({item.pk for item in old} - {item.pk for item in new})
    return Preview(
        says, [_place(item) for item in old[:FIRST]], [_place(item, was) for item in new[:FIRST]], moved
    )


def _place(thing: Item | Comment, was: dict[int, int] | None = None) -> Place:
    words = read(thing.title if isinstance(thing, Item) else thing.words, current())
    return Place(thing.pk, replace(words, text=words.text[:LONG]), thing.path, (was or {}).get(thing.pk, 0))


PREVIEWS: dict[str, Callable[[Person, Active, Active, Territory | None], Preview]] = {
    "open-now": _open_now,
    "statement-routing": _routing,
    "screening": _screening,
    "comment-order": _comments,
    "search-order": _search_order,
}
