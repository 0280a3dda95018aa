"""Processes as anybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs, named

from ..enums import ListOrder, ListState
from ..permissions import can_translate, visible_to
from ..selectors import standings, step_of
from ..selectors.lists import drafts_of, places_with_processes, process_list
from ..selectors.page import process_page


@login_not_required
def list_processes(request: HttpRequest) -> HttpResponse:
    """What is open, over, or all of it; newest or closing soonest first."""
    person, code = who(request), request.GET.get("place", "")
    place = named([code]).get(code)
    state, order = request.GET.get("state", ""), request.GET.get("order", "")
    state = state if state in ListState.values else ListState.OPEN
    order = order if order in ListOrder.values else ListOrder.NEWEST
    page = process_list(
        person, territory_id=place.pk if place else None, state=state, order=order,
        before=request.GET.get("before", ""), after=request.GET.get("after", ""),
    )  # fmt: skip
    where = standings(item.pk for item in page.items)
    context = {
        "rows": [{"item": item, "standing": where.get(item.pk)} for item in page.items],
        "page": page,
        "place": place,
        "state": state,
        "order": order,
        "states": ListState.choices,
        "orders": ListOrder.choices,
        "places": places_with_processes(),
        "drafts": drafts_of(person),
        "door": "ideas",
    }
    return render(request, "processes/process_list.html", context)


@login_not_required
def process_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = who(request)
    rows = visible_to(person).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "item__organisation"
    )
    process = get_object_or_404(rows, pk=pk)
    item = process.item
    page = process_page(person, process)
    number, now = step_of(page.phases)
    context = {
        "process": process,
        "item": item,
        "page": page,
        "now": now,
        "step_number": number,
        "talk": brief_talk(item, person),
        "thread": thread_of(person, item),
        "ways": ways_on(person, "process", item),
        "can_translate": can_translate(person, process),
        "door": "ideas",
        "places": [*breadcrumbs(item.territory), item.territory],
    }
    return render(request, "processes/process_detail.html", context)
