"""Lists of ideas and of problems."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.base.languages import content_choices, current
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..selectors.listing import list_of, places_with, processes_with, read_wish


@login_not_required
def idea_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "idea")


@login_not_required
def problem_list(request: HttpRequest) -> HttpResponse:
    return _list(request, "problem")


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    person = who(request)
    wish = read_wish(kind, request.GET.dict(), person)
    found = list_of(person, wish)
    context: dict[str, Any] = {
        "list": found,
        "wish": wish,
        "place": wish.place,
        "places": breadcrumbs(wish.place) if wish.place else [],
        "place_choices": places_with(kind),
        "processes": processes_with(person, kind, wish.place),
        "languages": content_choices(current(), wish.place.languages if wish.place else []),
        "door": "ideas",
        "icons": "flag place",
    }
    return render(request, f"proposals/{kind}_list.html", context)
