"""Ideas, for programs."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as noop
from ninja import Query, Router, Schema

from tequio.base.api import READING, Id, Words, reader, words
from tequio.catalogue.api import ItemOut, item_values

from ..permissions import visible_to
from .listing import ListFilters, page_of

router = Router(tags=["ideas"])


class IdeaPage(Schema):
    ideas: list[ItemOut]
    next: str | None


class IdeaWhole(ItemOut):
    """`cost`: rough, a decimal number of whole units of `currency`. `source`: where it was brought from, "" for here."""

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
    return IdeaPage(ideas=[ItemOut(**item_values(row.item)) for row in rows], next=cursor)


@router.get("/ideas/{pk}", response={200: IdeaWhole, **READING}, summary=noop("One idea"))
def get_idea(request: HttpRequest, pk: Id) -> IdeaWhole:
    rows = visible_to(reader(request, "ideas")).select_related("item__territory", "source")
    idea = get_object_or_404(rows, pk=pk)
    return IdeaWhole(
        **item_values(idea.item),
        what=words(idea.what),
        why=words(idea.why),
        for_whom=words(idea.for_whom),
        cost=None if idea.amount is None else str(idea.amount),
        currency=idea.currency,
        source=idea.source.name if idea.source else "",
        external_id=idea.external_id,
        licence=idea.source.licence if idea.source else "",
        supports_there=idea.supports_there,
    )
