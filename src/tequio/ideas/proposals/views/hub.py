"""The open hub of a place: what people there tell and propose, at any time."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.notifications.selectors.pages import places_with_follow
from tequio.people.middleware import who

from ..selectors.hub import hub_page


@login_not_required
def hub(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_object_or_404(places_with_follow(who(request)), code=code)
    return render(request, "proposals/hub.html", hub_page(who(request), territory))
