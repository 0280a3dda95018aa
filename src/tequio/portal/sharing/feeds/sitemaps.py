"""Where search engines find every public page, in every language."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from tequio.base.links import site_of

from ..adapters.sitemap_document import write_index, write_pages
from ..selectors.mapping import SECTIONS, maps, pages_of

MOST_NUMBER = 10**9


@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    rows = ((f"{site}{reverse('sitemap_section', args=[name, number])}", at) for name, number, at in maps())
    return HttpResponse(write_index(rows), content_type="application/xml")


@login_not_required
def section(request: HttpRequest, section: str, number: int) -> HttpResponseBase:
    """Written while it is read: ten thousand pages are never in memory at once, nor kept."""
    if section not in SECTIONS or number > MOST_NUMBER:
        raise Http404
    return StreamingHttpResponse(
        write_pages(pages_of(section, number, site_of(request))), content_type="application/xml"
    )
