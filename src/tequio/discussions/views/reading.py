"""Discussions and comments as anybody reads them: kept pages without a form."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.catalogue.selectors.thread import ways_on
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..enums import Order, Side
from ..models import Comment
from ..permissions import can_moderate, can_read_words, visible_to
from ..selectors.ordering import place_of
from ..selectors.reading import answers_to, original_of, said_of, talk_of, with_numbers
from ..selectors.versions import changes_of, signs_of, versions_of

ICONS = "comment translate"


def find_item(request: HttpRequest, pk: int) -> Item:
    """An item she may see that is talked about; else as absent."""
    items = items_visible_to(who(request)).exclude(comments="off")
    return get_object_or_404(items.select_related("territory", "discussion", "part_of", "author"), pk=pk)


def find_comment(request: HttpRequest, pk: int) -> Comment:
    """A comment she may see, with its item; else as absent."""
    person = who(request)
    comments = with_numbers(visible_to(person), person).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "reply_to", "author"
    )
    return get_object_or_404(comments, pk=pk)


def around(item: Item) -> dict[str, Any]:
    """What every page of a discussion says of where it is."""
    return {
        "item": item, "places": [*breadcrumbs(item.territory), item.territory], "door": item.kind_info.door,
        "icons": ICONS,
    }  # fmt: skip


@login_not_required
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is said about an item, a page at a time, in an order of the reader's choice."""
    item = find_item(request, pk)
    order, side = request.GET.get("order", ""), request.GET.get("side", "")
    order = order if order in Order.values else Order.RECIPE
    side = side if side in Side.values else ""
    talk = talk_of(item, who(request), order=order, side=side, after=request.GET.get("after", ""))
    context = {"talk": talk, "orders": Order.choices, "order": order, "side": side, **around(item)}
    return render(request, "discussions/discussion.html", context)


@login_not_required
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment: its answers, its original beside its translations, why it stands where it stands."""
    person = who(request)
    found = find_comment(request, pk)
    item = found.item
    said = said_of(found, item, person, answers=answers_to(found, person), is_whole=True)
    may_read = can_read_words(person, found) and not found.is_erased
    may_moderate = person is not None and can_moderate(person, item)
    context = {
        "said": said,
        "above": found.reply_to,
        "versions": versions_of(found) if may_read else [],
        "original": original_of(found) if may_read and "original" in request.GET else None,
        "withdrawn_words": original_of(found) if may_read and found.state == "withdrawn" else None,
        "place": place_of(found, person) if found.is_shown else None,
        "shows_buttons": person is not None,
        "ways": ways_on(person, "comment", found),
        "signs": signs_of(found) if found.state == "held" and may_moderate else [],
        "may_moderate": may_moderate and found.author != person,
        **around(item),
    }
    return render(request, "discussions/comment.html", context)


@login_not_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comment said before it was changed."""
    found = find_comment(request, pk)
    if not can_read_words(who(request), found) or found.is_erased:
        raise Http404
    context = {"comment": found, "changes": changes_of(found), **around(found.item)}
    return render(request, "discussions/history.html", context)
