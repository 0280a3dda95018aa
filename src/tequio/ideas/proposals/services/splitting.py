"""Making an idea of its own out of a part of another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import original_language
from tequio.catalogue.enums import ItemState, LinkKind, PartyRole
from tequio.catalogue.models import Item, ItemParty, Link
from tequio.catalogue.services import describe, link_items, make_item
from tequio.catalogue.services.screening import screen
from tequio.ideas.processes.services.entering import enter_new
from tequio.people.models import Person

from ..models import Idea
from ..permissions import KIND, can_split, parties_of, process_of
from . import Words, columns_of
from .proposing import locked_idea, now_shown, said_by


@transaction.atomic
def split_idea(idea: Idea, words: Words, *, filling: Filling | None = None, by: Person) -> Idea:
    """A new idea with these words, by the same authors, in the same place and process, tied to where it came from.

    Supports stay where they were given: nobody supports what she has not read. What looks risky waits, as a first post.
    """
    idea = locked_idea(idea)
    if not can_split(by, idea):
        raise Refused(_("You cannot split this idea."))
    origin, process = idea.item, process_of(idea)
    item = make_item(
        kind=KIND, by=by, title=words.title, territory=origin.territory, state=ItemState.PUBLISHED,
        published_at=timezone.now(), languages=[original_language(words.title)], comments=origin.comments,
        place_name=origin.place_name, latitude=origin.latitude, longitude=origin.longitude,
    )  # fmt: skip
    Item.objects.filter(pk=item.pk).update(author=origin.author)
    item.author = origin.author
    part = Idea.objects.create(item=item, **columns_of(words))
    describe(item, *words.bodies)
    if process is not None:
        enter_new(item, process)
    _same_authors(idea, part)
    for link in (
        Link.objects.filter(source=origin, kind=LinkKind.ANSWERS).select_related("target").order_by("pk")
    ):
        link_items(item, link.target, LinkKind.ANSWERS, by=by)
    link_items(item, origin, LinkKind.SPLIT_FROM, by=by)
    screen(item, said_by(part), filling=filling, by=by)
    audit.record("idea.split", part, by=by, origin=idea.pk)
    if item.state == ItemState.PUBLISHED:
        now_shown(item, process, by=by)
    return part


def _same_authors(idea: Idea, part: Idea) -> None:
    ItemParty.objects.bulk_create(
        ItemParty(
            item=part.item, person_id=party.person_id, organisation_id=party.organisation_id,
            role=PartyRole.AUTHOR, position=party.position, accepted_at=party.accepted_at,
        )
        for party in parties_of(idea)
        if party.accepted_at is not None
    )  # fmt: skip
