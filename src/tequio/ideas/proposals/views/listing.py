"""Lists of ideas."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.people.middleware import who
from tequio.territories.selectors import named

from ..selectors.listing import idea_page, places_with_ideas


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
