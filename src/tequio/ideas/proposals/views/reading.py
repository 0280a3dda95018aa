"""One idea as anybody reads it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..permissions import can_translate, visible_to


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
