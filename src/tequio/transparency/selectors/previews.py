"""What other numbers would change, tried on the list they order, as it stands today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from tequio.algorithms.bursts import with_numbers as with_burst_numbers
from tequio.algorithms.risk import PICTURE, assess
from tequio.base.languages import current
from tequio.base.multilingual import Reading, original_text, read
from tequio.base.text import fold
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to
from tequio.catalogue.selectors import OpenOrder, listed, open_now
from tequio.catalogue.selectors.finding import SearchOrder, found, ordered
from tequio.discussions.models import Comment
from tequio.discussions.selectors.ordering import busiest_discussion, first_by
from tequio.ideas.deliberation.permissions import visible_to as visible_conversations
from tequio.ideas.deliberation.selectors.cohorts import find_cohorts
from tequio.ideas.deliberation.selectors.routing import busiest_open, ranked
from tequio.ideas.deliberation.selectors.vote_reading import read_votes
from tequio.ideas.proposals.selectors.alike import alike
from tequio.ideas.proposals.selectors.listing import Wish, first_of_turn, wished
from tequio.moderation.permissions import places_of
from tequio.moderation.selectors.queue import ranked as queue_by
from tequio.people.models import Person
from tequio.recipes.types import Active, why
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..types import Place, Preview

FIRST = 10
SCREENED = 200
NEWEST = 20
LONG = 200
# Conversations that are tried for bursts, none larger than so many answers.
TALKS, MOST_ANSWERS = 5, 500_000


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
            if item.screening.values.get(PICTURE)
            or assess(item.screening.values, recipe.weights, limit=recipe.parameters["limit"]).is_held
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


def _queue(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """What waits for moderators, in the places she moderates herself."""
    mine = {pk for one in places_of(person) for pk in subtree_ids(one)}
    places = sorted(mine & set(subtree_ids(place.pk)) if place else mine)
    old, new = (queue_by(places, recipe)[:FIRST] for recipe in (in_use, tried))
    was = {case.thing.source: number for number, case in enumerate(old, 1)}
    moved = sum(was.get(case.thing.source, 0) != number for number, case in enumerate(new, 1))
    before = [Place(case.thing.pk, _cut(case.thing.words), case.path) for case in old]
    after = [
        Place(case.thing.pk, _cut(case.thing.words), case.path, was.get(case.thing.source, 0)) for case in new
    ]
    return Preview(_("What waits for moderators"), before, after, moved)


def _bursts(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """The newest conversations in which somebody would be set aside, and who is not yet."""
    talks = visible_conversations(person).filter(item__count__acts__lt=MOST_ANSWERS)
    if place is not None:
        talks = talks.filter(item__territory__in=subtree_ids(place.pk))
    found: list[list[Item]] = [[], []]
    for talk in talks.select_related("item").order_by("-pk")[:TALKS]:
        reading = read_votes(talk, with_set_aside=True)
        for number, recipe in enumerate((in_use, tried)):
            if find_cohorts(talk, reading, with_burst_numbers(**recipe.parameters)):
                found[number].append(talk.item)
    says = _("Of the last %(number)d conversations, those where somebody is set aside") % {"number": TALKS}
    return _compare(says, *found)


def _cut(words: Reading) -> Reading:
    return replace(words, text=words.text[:LONG])


def _search_order(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """A search for the longest word of the newest title there."""
    newest = listed(None, territory_id=place.pk if place else None).first()
    words = max(fold(read(newest.title, current()).text).split() or [""], key=len) if newest else ""
    items = found(None, words, territory_ids=subtree_ids(place.pk) if place else None).items
    before, after = (
        list(ordered(items, SearchOrder("best", "", recipe=recipe))[:FIRST]) for recipe in (in_use, tried)
    )
    return _compare(_("A search for “%(words)s”") % {"words": words}, before, after)


def _ideas(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """The ideas whose turn it is now."""
    before, after = (
        [row.item for row in first_of_turn(None, "idea", place, FIRST, recipe=recipe)]
        for recipe in (in_use, tried)
    )
    return _compare(_("The ideas whose turn it is"), before, after)


def _similar(person: Person, in_use: Active, tried: Active, place: Territory | None) -> Preview:
    """What is shown beside the newest idea that has similar ones by either numbers."""
    for idea in wished(None, Wish(kind="idea", place=place))[:NEWEST]:
        title = original_text(idea.title)
        body = f"{original_text(idea.idea.what)} {original_text(idea.idea.why)}"
        before, after = (
            [one.item for one in alike(title, body, territory=idea.territory, but=idea.pk, recipe=recipe)]
            for recipe in (in_use, tried)
        )
        if before or after:
            says = _("What is shown as similar to “%(title)s”") % {"title": read(idea.title, current())}
            return _compare(says, before, after)
    return Preview(_("Ideas like this one"), [], [], 0)


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
    "report-queue": _queue,
    "bursts": _bursts,
    "search-order": _search_order,
    "similar-ideas": _similar,
    "idea-order": _ideas,
}
