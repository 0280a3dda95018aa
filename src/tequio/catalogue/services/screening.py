"""Looking at what somebody publishes before it is shown. One call for every pillar: `screen`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from tequio.algorithms.risk import PICTURE, Assessment, Filling, Post, assess, signs_of
from tequio.audit import services as audit
from tequio.base.columns import insert
from tequio.people.models import Person
from tequio.recipes.selectors import active

from ..enums import ItemState
from ..models import Item, Screening

RECIPE = "screening"
NEW_FOR = timedelta(days=1)
LATELY = timedelta(days=1)
MOST_RECENT = 100
RECENT = """
SELECT words.plain FROM catalogue_item item JOIN catalogue_searchtext words ON words.item_id = item.id
WHERE item.kind = %s AND item.made_at > %s AND item.id <> %s AND words.plain <> ''
ORDER BY item.id DESC LIMIT %s
"""


def is_new(person: Person) -> bool:
    """Whether her account (or that of the browser she is a guest of) is younger than a day."""
    return person.began_at > timezone.now() - NEW_FOR


def screen(
    item: Item, text: str, *, filling: Filling | None = None, has_pictures: bool = False, by: Person
) -> Assessment:
    """Called once after an item was made, in its transaction: what looks risky waits, whatever state it was given.

    Pictures of somebody without an account wait always (`has_pictures`), whatever else is found. What is found stays beside the item, for the moderators' queue and for whoever wants to try other numbers.
    """
    recipe = active(RECIPE, item.territory_id)
    post = Post(text, is_new(by) and _is_first(item, by), filling or Filling(), _recent(item))
    values = signs_of(
        post, least_seconds=recipe.parameters["least_seconds"], likeness=recipe.parameters["likeness"]
    )
    found = assess(values, recipe.weights, limit=recipe.parameters["limit"])
    if has_pictures and by.is_guest:
        values[PICTURE] = 1.0
        found = replace(found, is_held=True, reasons=(*found.reasons, PICTURE))
    seen = Screening(
        item=item, values=values, score=found.score, is_held=found.is_held, version=recipe.number
    )
    insert(seen)
    if found.is_held and item.state == ItemState.PUBLISHED:
        item.state, item.published_at = ItemState.HELD, None
        item.save(update_fields=["state", "published_at"])
        audit.record("item.hold", item, by=by, signs=list(found.reasons), version=recipe.number)
    return found


def _is_first(item: Item, person: Person) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM catalogue_item WHERE author_id = %s AND id <> %s)",
            [person.pk, item.pk],
        )
        (has_others,) = cursor.fetchone()
    return not has_others


def _recent(item: Item) -> tuple[str, ...]:
    """What was sent last of this kind, everywhere, in the words that search sees."""
    with connection.cursor() as cursor:
        cursor.execute(RECENT, [item.kind, timezone.now() - LATELY, item.pk, MOST_RECENT])
        return tuple(plain for (plain,) in cursor.fetchall())
