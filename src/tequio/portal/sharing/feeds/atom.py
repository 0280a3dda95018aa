"""Atom: what is new in a place, of a kind, or for some words."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date

from tequio.base.links import site_of
from tequio.base.text import clean_line
from tequio.catalogue.enums import KINDS
from tequio.territories.models import Territory

from ..adapters.atom_document import write_feed
from ..selectors.feeding import Wanted, feed_of

LONGEST = 200


@login_not_required
def feed(request: HttpRequest) -> HttpResponse:
    """`place`, `kind` and `q` narrow it; each language has its own."""
    code, kind = request.GET.get("place", ""), request.GET.get("kind", "")
    if kind and not (kind in KINDS and KINDS[kind].is_listed):
        raise Http404
    place = get_object_or_404(Territory, code=code) if code else None
    made = feed_of(Wanted(place, kind, clean_line(request.GET.get("q", ""))[:LONGEST]), site_of(request))
    answer = HttpResponse(write_feed(made), content_type="application/atom+xml; charset=utf-8")
    answer["Last-Modified"] = http_date(made.updated.timestamp())
    answer["Content-Language"] = made.language
    return answer
