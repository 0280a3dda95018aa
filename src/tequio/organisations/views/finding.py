"""Fetching what a view is about: what one may not see, or not do, is not there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.people.middleware import who

from ..models import Organisation
from ..permissions import can_administer, visible_to


def find_organisation(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(
        visible_to(who(request)).select_related("territory", "verification__by", "verification__ended_by"),
        pk=pk,
    )


def administered(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, if this person administers it."""
    organisation = find_organisation(request, pk)
    if not can_administer(who(request), organisation):
        raise Http404
    return organisation


def page(
    request: HttpRequest,
    template: str,
    organisation: Organisation | None,
    *,
    is_wrong: bool = False,
    **context: Any,
) -> HttpResponse:
    """The template with what every page of an organisation shows."""
    places = [organisation.territory] if organisation else []
    context |= {"organisation": organisation, "places": places}
    return render(request, f"organisations/{template}.html", context, status=422 if is_wrong else 200)
