"""Ideas, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop
from ninja import Query, Router, Schema

from tequio.base.api import READING, Id, Words, reader, words
from tequio.catalogue.api import ItemOut, item_values
from tequio.catalogue.models import Item

from ..permissions import process_of
from ..selectors.detail import credit_of, ideas_for_reading
from ..selectors.thresholds import support_bar
from .listing import ListFilters, page_of

router = Router(tags=["ideas"])


class IdeaOut(ItemOut):
    """`supports`: how many support it today. `process`: the one it stands in; None is the open hub of its place."""

    supports: int
    process: int | None


class IdeaPage(Schema):
    ideas: list[IdeaOut]
    next: str | None


class IdeaWhole(IdeaOut):
    """`cost`: rough, a decimal number of whole units of `currency`. `source`: where it was brought from, "" for here.

    `supports_needed`: from how many on an answer is owed, where the place has promised one. `joined_to`: the idea
    whose supports count for both. `authors`: those who want to be named, in their order.
    """

    supports_needed: int | None
    joined_to: int | None
    authors: list[str]
    place_name: str
    latitude: float | None
    longitude: float | None
    what: Words | None
    why: Words | None
    for_whom: Words | None
    cost: str | None
    currency: str
    source: str
    external_id: str
    licence: str
    supports_there: int | None


@router.get("/ideas", response={200: IdeaPage, **READING}, summary=noop("Ideas, in any of their orders"))
def list_ideas(request: HttpRequest, filters: Query[ListFilters]) -> IdeaPage:
    rows, cursor = page_of(reader(request, "ideas"), "idea", filters)
    return IdeaPage(ideas=[IdeaOut(**_values(row.item)) for row in rows], next=cursor)


def _values(item: Item) -> dict[str, Any]:
    entry = getattr(item, "entry", None)
    process = entry.process_id if entry is not None else None
    return {**item_values(item), "supports": item.count.supports, "process": process}


@router.get("/ideas/{pk}", response={200: IdeaWhole, **READING}, summary=noop("One idea"))
def get_idea(request: HttpRequest, pk: Id) -> IdeaWhole:
    idea = get_object_or_404(ideas_for_reading(reader(request, "ideas")), pk=pk)
    item = idea.item
    bar = support_bar(item.count.supports, item.territory_id, is_in_process=process_of(idea) is not None)
    return IdeaWhole(
        **_values(item),
        what=words(idea.what),
        why=words(idea.why),
        for_whom=words(idea.for_whom),
        cost=None if idea.amount is None else str(idea.amount),
        currency=idea.currency,
        source=idea.source.name if idea.source else "",
        external_id=idea.external_id,
        licence=idea.source.licence if idea.source else "",
        supports_there=idea.supports_there,
        supports_needed=bar.needed,
        joined_to=idea.merged_into_id,
        authors=list(credit_of(idea).names),
        place_name=item.place_name,
        latitude=item.latitude,
        longitude=item.longitude,
    )
