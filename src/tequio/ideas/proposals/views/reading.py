"""Ideas as anybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs, named

from .permissions import can_translate, visible_to
from .selectors import idea_page, places_with_ideas


@login_not_required
def idea_list(request: HttpRequest) -> HttpResponse:
    """All ideas, or those of a place, newest first."""
    code = request.GET.get("place", "")
    place = named([code]).get(code)
    shown = idea_page(
        who(request), territory_id=place.pk if place else None,
        before=request.GET.get("before", ""), after=request.GET.get("after", ""),
    )  # fmt: skip
    context = {
        "shown": shown,
        "page": shown.page,
        "place": place,
        "places": places_with_ideas(),
        "door": "ideas",
    }
    return render(request, "proposals/idea_list.html", context)


@login_not_required
def idea_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = who(request)
    rows = visible_to(person).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "source"
    )
    idea = get_object_or_404(rows, pk=pk)
    item = idea.item
    context = {
        "idea": idea,
        "item": item,
        "places": [*breadcrumbs(item.territory), item.territory],
        "thread": thread_of(person, item),
        "ways": ways_on(person, "idea", item),
        "can_translate": can_translate(person, idea),
        "talk": brief_talk(item, person),
        "is_followed": follows_item(person, item),
        "shows_original": "original" in request.GET,
        "door": "ideas",
        "icons": "comment translate bell",
    }
    return render(request, "proposals/idea_detail.html", context)


@login_not_required
def problem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
