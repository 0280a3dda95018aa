"""Everything the public can see, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema

from tequio.base.api import PAGE, READING, Cursor, Id, Moment, Size, Words, invalid, reader, words
from tequio.base.links import absolute
from tequio.people.models import Person
from tequio.territories.api import Code, PlaceRef, place_ref
from tequio.territories.models import Territory

from . import selectors
from .enums import KINDS
from .models import Item
from .permissions import visible_to
from .selectors.thread import thread_of

router = Router(tags=["items"])
LISTED = [kind.name for kind in KINDS.values() if kind.is_listed]
State = Literal["all", "open", "over"]


class ItemRef(Schema):
    id: int
    kind: str
    title: Words | None
    url: str


class ItemOut(ItemRef):
    summary: Words | None
    territory: PlaceRef
    languages: list[str]
    state: str
    is_open: bool
    takes_comments: str
    opens_at: Moment | None
    closes_at: Moment | None
    published_at: Moment | None
    organisation: int | None


class Strand(Schema):
    """A thing on the thread: `hops` is below 0 for what came before, above 0 for what came of it."""

    hops: int
    item: ItemRef


class ItemWhole(ItemOut):
    """With the thread: where it came from and where it went."""

    part_of: ItemRef | None
    thread: list[Strand]


class ItemPage(Schema):
    items: list[ItemOut]
    next: str | None


class PlaceAndPage(Schema):
    """Filters that every list of items has."""

    territory: Code = ""
    state: State = "all"
    limit: Size = PAGE
    cursor: Cursor = ""


class ItemFilters(PlaceAndPage):
    kind: Annotated[str, Field(max_length=20, json_schema_extra={"enum": ["", *LISTED]})] = ""
    q: Annotated[str, Field(max_length=200, description="Words to look for: the best first, one page.")] = ""


def item_ref(item: Item) -> ItemRef:
    return ItemRef(id=item.pk, kind=item.kind, title=words(item.title), url=absolute(item.path))


def item_values(item: Item) -> dict[str, Any]:
    """The fields of `ItemOut`; its territory must be at hand."""
    return {
        "id": item.pk, "kind": item.kind, "title": words(item.title), "url": absolute(item.path),
        "summary": words(item.summary), "territory": place_ref(item.territory), "languages": item.languages,
        "state": item.state, "is_open": item.is_open, "takes_comments": item.comments,
        "opens_at": item.opens_at, "closes_at": item.closes_at, "published_at": item.published_at,
        "organisation": item.organisation_id,
    }  # fmt: skip


def find_place(code: str) -> int | None:
    """Its id; None for all places. Raises Problem for a code that is no place's."""
    if not code:
        return None
    place = Territory.objects.filter(code=code).values_list("pk", flat=True).first()
    if place is None:
        raise invalid("query.territory", _("There is no place with this code."))
    return place


def page_of(items: QuerySet[Item], filters: PlaceAndPage) -> selectors.Page:
    """By state, newest first, from the cursor on."""
    if filters.state == "open":
        items = selectors.open_now(items)
    elif filters.state == "over":
        items = selectors.over(items)
    if filters.cursor and selectors.read_cursor(filters.cursor) is None:
        raise invalid("query.cursor", _("This is no cursor of a page before."))
    items = items.order_by("-published_at", "-id")
    return selectors.page_of(items, before=filters.cursor, size=filters.limit)


@router.get("/items", response={200: ItemPage, **READING}, summary=noop("Everything public, newest first"))
def list_items(request: HttpRequest, filters: Query[ItemFilters]) -> ItemPage:
    """What is published and stands on its own; with `q` the best hits, without further pages."""
    person: Person | None = reader(request, "items")
    if filters.kind and filters.kind not in LISTED:
        raise invalid("query.kind", _("Choose one of: %(choices)s.") % {"choices": ", ".join(LISTED)})
    place = find_place(filters.territory)
    kinds = [filters.kind] if filters.kind else None
    if filters.q.strip():
        found = selectors.listed(person, kinds=kinds, territory_id=place)
        hits = selectors.search(person, filters.q, kinds=kinds).filter(pk__in=found.order_by().values("pk"))
        return ItemPage(items=[ItemOut(**item_values(one)) for one in hits[: filters.limit]], next=None)
    page = page_of(selectors.listed(person, kinds=kinds, territory_id=place), filters)
    return ItemPage(items=[ItemOut(**item_values(one)) for one in page.items], next=page.older or None)


def find_item(person: Person | None, pk: int) -> Item:
    """One she may see, with its territory; else as absent."""
    return get_object_or_404(visible_to(person).select_related("territory", "part_of"), pk=pk)


@router.get("/items/{pk}", response={200: ItemWhole, **READING}, summary=noop("One item with its thread"))
def get_item(request: HttpRequest, pk: Id) -> ItemWhole:
    person: Person | None = reader(request, "items")
    item = find_item(person, pk)
    return ItemWhole(
        **item_values(item),
        part_of=item_ref(item.part_of) if item.part_of else None,
        thread=_strands(person, item),
    )


def _strands(person: Person | None, item: Item) -> list[Strand]:
    thread = thread_of(person, item)
    hops = {knot.pk: knot.depth for knot in thread.knots if not knot.is_here} if thread else {}
    others = Item.objects.in_bulk(list(hops)) if hops else {}
    return [Strand(hops=depth, item=item_ref(others[pk])) for pk, depth in hops.items()]
