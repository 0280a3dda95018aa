"""Carrying a thing from one door to another: services of several flats in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.catalogue.services import link_items
from tequio.discussions.models import Comment
from tequio.guards.services import spend
from tequio.notifications.enums import Event
from tequio.notifications.services import tell
from tequio.people.models import Person

from .ways import Carry, Written, carry_of

CARRIED_A_DAY = 40
DAY = 86_400


@transaction.atomic
def carry(thing: Item | Comment, *, to: str, written: Written, by: Person) -> Item:
    """Make a thing of the kind `to` of an item or a comment, tied to it by a strand; returns the new item.

    Whoever's thought it was is credited and told; her name is shown only where it stood already.
    """
    one = carry_of("comment" if isinstance(thing, Comment) else thing.kind, to)
    if one is None or not one.way.can(by, thing):
        raise Refused(_("You cannot carry this on in that way."))
    if not 0 < len(written.title) <= one.longest:
        raise ValueError(f"the title has 1 to {one.longest} characters, not {len(written.title)}")
    spend("carry", who=by.audit_id, limit=CARRIED_A_DAY, seconds=DAY)
    made = one.make(thing, written, by)
    source = thing.item if isinstance(thing, Comment) else thing
    ends = (source, made) if one.link == "grew_into" else (made, source)
    link_items(*ends, one.link, by=by, anchor=one.anchor(thing))
    _credit(one, thing, source, made, by)
    audit.record("thread.carry", made, by=by, source=f"{one.way.source}:{thing.pk}", to=to)
    return made


def _credit(one: Carry, thing: Item | Comment, source: Item, made: Item, by: Person) -> None:
    """The notice leads to her own words: what was made of them may still be a draft, and is not named."""
    for position, (person, is_named) in enumerate(one.authors(thing)):
        accepted = timezone.now() if is_named else None
        party = ItemParty(
            item=made, person=person, role=PartyRole.SOURCE, position=position, accepted_at=accepted
        )
        ItemParty.objects.bulk_create([party], ignore_conflicts=True)
        is_comment = isinstance(thing, Comment)
        tell(
            person, Event.CARRIED, item=source, occasion=f"{one.way.to}-{made.pk}", by=by,
            source=f"discussions.comment:{thing.pk}" if is_comment else f"catalogue.item:{thing.pk}",
            words=thing.words if isinstance(thing, Comment) else thing.title, path=thing.path,
        )  # fmt: skip
