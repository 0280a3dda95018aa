"""Who sees an item: its state, its audience, and nothing a pillar adds."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from tequio.base.actor import Actor
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from .enums import Audience, ItemState
from .models import Item, Revision


def shown_to_everybody(prefix: str = "") -> Q:
    """Published, for everybody, not hidden; a part is shown only with its whole. `prefix` as in "item__"."""
    return Q(
        **{
            f"{prefix}state": ItemState.PUBLISHED,
            f"{prefix}audience": Audience.PUBLIC,
            f"{prefix}hidden_by": "",
        }
    ) & (
        Q(**{f"{prefix}part_of": None})
        | Q(**{f"{prefix}part_of__state": ItemState.PUBLISHED, f"{prefix}part_of__hidden_by": ""})
    )


def seen_by(person: Person | None, prefix: str = "") -> Q:
    """As `shown_to_everybody`, and one's own, and what one looks after."""
    rule = shown_to_everybody(prefix)
    if person is None:
        return rule
    rule |= Q(**{f"{prefix}author": person})
    places = person.role_places(RoleName.MODERATOR) if person.is_member else []
    if places:
        below = TerritoryPath.objects.filter(above__in=places).values("below")
        rule |= Q(**{f"{prefix}territory__in": below})
    return rule


def visible_to(person: Person | None) -> QuerySet[Item]:
    """Items she may see; lists add `.filter(state="published")` and `part_of=None`."""
    return Item.objects.filter(seen_by(person))


def can_see(person: Person | None, item: Item) -> bool:
    """The same rule for one item at hand."""
    whole = item.part_of
    is_public = item.is_shown and item.audience == Audience.PUBLIC
    is_shown = is_public and (whole is None or whole.is_shown)
    if is_shown or person is None:
        return is_shown
    return item.author_id == person.pk or person.holds(RoleName.MODERATOR, item.territory)


def can_hide(person: Actor, item: Item) -> bool:
    """Moderators of its place, and the platform's own jobs."""
    return person.holds(RoleName.MODERATOR, item.territory)


def sees_what_is_hidden(person: Person | None, item: Item) -> bool:
    """Whose words they are, and whoever may hide them."""
    return person is not None and (item.author_id == person.pk or can_hide(person, item))


def revisions_visible_to(person: Person | None, item: Item) -> QuerySet[Revision]:
    """What changed since it was published; those who look after it also see what changed before."""
    rows = Revision.objects.filter(item=item)
    if sees_what_is_hidden(person, item):
        return rows
    return rows.filter(at__gte=item.published_at) if item.published_at else rows.none()
