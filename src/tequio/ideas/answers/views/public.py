"""What everybody reads: how a place answers, former answers, documents."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tequio.catalogue.permissions import visible_to
from tequio.files.selectors import rendition_of
from tequio.files.views import serve
from tequio.formats.polis_cells import harmless
from tequio.people.middleware import who
from tequio.territories.models import Territory

from ..permissions import papers_visible_to
from ..selectors.scoreboard import open_numbers, scoreboard_of
from ..selectors.standing import former_answers
from .finding import page, places_of


@login_not_required
@require_safe
def scoreboard(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Territory, code=code)
    return page(
        request, "scoreboard.html", place=place, board=scoreboard_of(place), places=places_of(place),
        icons="clock agree",
    )  # fmt: skip


@login_not_required
@require_safe
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """Every owed answer as a row; bare ids, codes and moments."""
    place = get_object_or_404(Territory, code=code)
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    for row in open_numbers(place):
        table.writerow([_cell(value) for value in row])
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answers-{place.code}.csv"'
    return response


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return harmless(str(value))


@login_not_required
@require_safe
def former(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(visible_to(who(request)).select_related("territory"), pk=pk)
    rows = former_answers(item)
    return page(request, "former.html", item=item, rows=rows, places=places_of(item.territory))


@login_not_required
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(papers_visible_to(who(request)), pk=pk)
    rendition = rendition_of(row.file_id)
    if rendition is None:
        raise Http404
    return serve(rendition, request)
