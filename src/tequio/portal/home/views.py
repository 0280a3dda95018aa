"""Home, places, the four doors: pages that look into every pillar through the catalogue."""

import platform

import django
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request

from tequio import __version__
from tequio.base.links import absolute
from tequio.catalogue.enums import Door
from tequio.ideas.deliberation.enums import DeclineReason
from tequio.moderation.types import RULES
from tequio.notifications.selectors.pages import places_with_follow
from tequio.organisations.permissions import visible_to as visible_organisations
from tequio.people.middleware import who

from . import selectors
from .adapters.source import packed_source


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    return redirect(f"/{get_language_from_request(request)}/")


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """For the proxy in front: 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    answer = HttpResponse("ok", content_type="text/plain")
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "User-agent: *\nDisallow: /*/mailbox/\nDisallow: /*/sign-in/\nDisallow: /*/me/\nDisallow: /*/answer/\n"
        "Disallow: /*/search/\nDisallow: /*/on-my-mind/\n"
        f"Sitemap: {absolute(reverse('sitemap'))}\n",
        content_type="text/plain",
    )


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("place", "")
    context = selectors.home_page(
        who(request),
        selectors.place(asked),
        is_everywhere="place" in request.GET,
    )
    return render(request, "home/home.html", context)


@login_not_required
def territory_list(request: HttpRequest) -> HttpResponse:
    context = {"countries": selectors.countries(who(request))}
    return render(request, "home/territory_list.html", context)


@login_not_required
def territory_detail(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_object_or_404(places_with_follow(who(request)), code=code)
    context = selectors.territory_page(who(request), territory)
    return render(request, "home/territory_detail.html", context)


@login_not_required
def organisation_list(request: HttpRequest) -> HttpResponse:
    context = selectors.organisation_list(who(request), request.GET.dict())
    return render(request, "home/organisation_list.html", context)


@login_not_required
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(
        visible_organisations(who(request)).select_related(
            "territory", "verification__by", "verification__ended_by"
        ),
        pk=pk,
    )
    context = selectors.organisation_page(who(request), organisation)
    return render(request, "home/organisation_detail.html", context)


@login_not_required
def door(request: HttpRequest, door: str) -> HttpResponse:
    if door not in Door.values:
        raise Http404
    context = selectors.door_page(who(request), Door(door), request.GET.dict())
    return render(request, "home/door.html" if context["is_live"] else "home/door_closed.html", context)


@login_not_required
def rules(request: HttpRequest) -> HttpResponse:
    return render(
        request, "home/rules.html", {"decline_reasons": DeclineReason.labels, "rules": RULES.values()}
    )


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        database = cursor.fetchone()[0].split()[0]
    versions = [
        ("Tequio", __version__),
        ("Django", django.get_version()),
        ("Python", platform.python_version()),
        ("PostgreSQL", database),
    ]
    return render(request, "home/about.html", {"versions": versions})


@login_not_required
def source(request: HttpRequest) -> HttpResponse:
    """The very code that answers here: what the licence promises to everybody who uses it."""
    answer = HttpResponse(packed_source(), content_type="application/gzip")
    answer["Content-Disposition"] = f'attachment; filename="tequio-{__version__}.tar.gz"'
    return answer
