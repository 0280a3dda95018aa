"""The search, and the one box: what is on your mind here?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.base.languages import current
from tequio.guards.views import network_of
from tequio.people.middleware import who

from ..selectors.minding import mind_page
from ..selectors.searching import search_page
from ..services import note_missing


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    page = search_page(who(request), request.GET.dict())
    _note(request, page)
    return render(request, "search/search.html", page)


@login_not_required
def mind(request: HttpRequest) -> HttpResponse:
    page = mind_page(who(request), request.GET.dict())
    _note(request, page)
    return render(request, "search/mind.html", page)


def _note(request: HttpRequest, page: dict[str, object]) -> None:
    """What found nothing is counted, like a limit is: the page shows the same whether or not it was."""
    if page["is_missing"] and request.method == "GET":
        asked = page["asked"]
        note_missing(asked.words, territory=asked.place, language=current(), network=network_of(request))  # type: ignore[attr-defined]
