"""Passing a page on: links, the address to copy, a code to scan or to print."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tequio.base.languages import current
from tequio.base.links import site_of
from tequio.base.multilingual import Reading, read
from tequio.catalogue.permissions import visible_to
from tequio.organisations.permissions import visible_to as visible_organisations
from tequio.people.middleware import who
from tequio.territories.models import Territory

from ..selectors.passing_on import share_page


@login_not_required
def share_item(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(visible_to(who(request)).select_related("territory"), pk=pk)
    return _page(request, read(item.title, current()), item.path, door=item.kind_info.door.value)


@login_not_required
def share_place(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Territory, code=code)
    return _page(request, place.title, reverse("home:territory_detail", args=[place.code]))


@login_not_required
def share_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(visible_organisations(who(request)).select_related("territory"), pk=pk)
    return _page(request, one.title, reverse("home:organisation_detail", args=[one.pk]))


def _page(request: HttpRequest, title: Reading, path: str, door: str = "") -> HttpResponse:
    shared = share_page(title.text, f"{site_of(request)}{path}", request.GET.get("server", ""))
    context = {**shared, "shared_title": title, "path": path, "door": door}
    return render(request, "sharing/share.html", context)
