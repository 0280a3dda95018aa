"""What everybody may know of moderation: the log without names, and the figures of each year."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.base.text import read_id
from tequio.territories.models import Territory

from ..selectors.figures import Figures, as_csv, figures_of
from ..selectors.log import log_of

FIRST_YEAR = 2000


def _place(request: HttpRequest) -> Territory | None:
    """None for everywhere, also for a place nobody knows."""
    code = request.GET.get("place", "")
    return Territory.objects.filter(code=code[:40]).first() if code else None


@login_not_required
def log(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    found = log_of(place, before=read_id(request.GET.get("before", "")))
    return render(request, "moderation/log.html", {"log": found, "place": place})


@login_not_required
def figures(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    return render(request, "moderation/figures.html", {"figures": _figures(request, place), "place": place})


def _figures(request: HttpRequest, place: Territory | None) -> Figures:
    this = timezone.now().year
    year = read_id(request.GET.get("year", ""), this)
    return figures_of(year if year is not None and year >= FIRST_YEAR else this, place)


@login_not_required
def figures_csv(request: HttpRequest) -> HttpResponse:
    found = _figures(request, _place(request))
    answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="tequio-moderation-{found.year}.csv"'
    return answer
