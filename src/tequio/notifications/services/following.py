"""Following and ceasing to. No audit record: whom somebody follows is nobody's to keep for ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.catalogue.enums import KINDS
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import search_rule
from tequio.guards.services import spend
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_see as can_see_organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Follow, Preference
from ..permissions import can_follow, visible_to

ALONG = """
INSERT INTO notifications_follow (person_id, item_id, key, kind, words, is_own, began_at)
SELECT DISTINCT person_id, %(item)s, %(key)s, '', '', false, now()
FROM notifications_follow WHERE item_id = ANY(%(from)s)
ON CONFLICT DO NOTHING
"""
FOLLOWS_A_DAY = 200
MOST_SEARCHES = 50


@transaction.atomic
def follow_item(item: Item, *, by: Person) -> Follow:
    if not can_follow(by, item):
        raise Refused(_("This cannot be followed any more."))
    return _keep(by, Follow(item=item))


@transaction.atomic
def follow_place(territory: Territory, *, kind: str = "", by: Person) -> Follow:
    """Hear of all that opens and closes there and below; `kind` narrows it to one kind of thing."""
    _check_kind(kind)
    return _keep(by, Follow(territory=territory, kind=kind))


@transaction.atomic
def follow_organisation(organisation: Organisation, *, by: Person) -> Follow:
    """Hear of all that opens, closes and is answered in its name."""
    if not can_see_organisation(by, organisation):
        raise Refused(_("This cannot be followed any more."))
    return _keep(by, Follow(organisation=organisation))


@transaction.atomic
def follow_search(words: str, *, kind: str = "", territory: Territory | None = None, by: Person) -> Follow:
    """Hear of new things that these words find."""
    _check_kind(kind)
    words = " ".join(words.split())[:200]
    if search_rule(words) is None:
        raise Refused(_("Write at least one word to look for."))
    if Follow.objects.filter(person=by).exclude(words="").count() >= MOST_SEARCHES:
        raise Refused(_("You follow 50 searches. End one of them first."))
    return _keep(by, Follow(words=words, kind=kind, territory=territory))


def follow_made(item: Item, *, by: Actor) -> None:
    """Whoever makes a thing follows it, unless she has switched that off. Inside a service's transaction."""
    if not isinstance(by, Person) or not by.is_active:
        return
    if Preference.objects.filter(person=by, follows_own=False).exists():
        return
    _insert(by, Follow(item=item, is_own=True))


def follow_along(items: Sequence[int], to: Item) -> int:
    """Who follows one of `items` follows `to` from now on. Inside a service's transaction. Returns how many.

    In one statement, however many there are; what somebody ended later stays ended.
    """
    values: dict[str, int | str | list[int]] = {
        "item": to.pk,
        "key": Follow.key_of(item_id=to.pk),
        "from": list(items),
    }
    with connection.cursor() as cursor:
        cursor.execute(ALONG, values)
        return cursor.rowcount


@transaction.atomic
def unfollow(key: str, *, by: Person) -> bool:
    """End a follow of one's own. False where there is none: ending it twice is no mistake."""
    return visible_to(by).filter(key=key).delete()[0] > 0


def _check_kind(kind: str) -> None:
    if kind and kind not in KINDS:
        raise ValueError(f"unknown kind: {kind!r}")


def _keep(by: Person, follow: Follow) -> Follow:
    spend("follow", who=by.audit_id, limit=FOLLOWS_A_DAY, seconds=86_400)
    return _insert(by, follow)


def _insert(by: Person, follow: Follow) -> Follow:
    follow.person = by
    follow.key = Follow.key_of(
        item_id=follow.item_id, organisation_id=follow.organisation_id, territory_id=follow.territory_id,
        kind=follow.kind, words=follow.words,
    )  # fmt: skip
    Follow.objects.bulk_create([follow], ignore_conflicts=True)
    return visible_to(by).get(key=follow.key)
