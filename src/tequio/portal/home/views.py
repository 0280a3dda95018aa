"""Home, places, the four doors: pages that look into every pillar through the catalogue."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language_from_request

from tequio.catalogue.enums import Door
from tequio.territories.models import Territory

from . import selectors


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
        "User-agent: *\nDisallow: /*/mailbox/\nDisallow: /*/answer/\n", content_type="text/plain"
    )


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    near = selectors.place(request.GET.get("place", ""))
    context = selectors.home_page(request.person, near)  # type: ignore[attr-defined]
    return render(request, "home/home.html", context)


@login_not_required
def territory_list(request: HttpRequest) -> HttpResponse:
    return render(request, "home/territory_list.html", {"countries": selectors.countries()})


@login_not_required
def territory_detail(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_object_or_404(Territory, code=code)
    context = selectors.territory_page(
        request.person,
        territory,
        words=request.GET.get("q", ""),  # type: ignore[attr-defined]
    )
    return render(request, "home/territory_detail.html", context)


@login_not_required
def door(request: HttpRequest, door: str) -> HttpResponse:
    if door not in Door.values:
        raise Http404
    context = selectors.door_page(request.person, Door(door), request.GET)  # type: ignore[attr-defined]
    return render(request, "home/door.html", context)


@login_not_required
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "home/rules.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")
