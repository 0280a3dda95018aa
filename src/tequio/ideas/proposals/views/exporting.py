"""Ideas to take along as a table."""

from __future__ import annotations

import tempfile

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.guards.services import spend_quietly
from tequio.guards.views import network_of
from tequio.people.middleware import who

from ..selectors.exporting import csv_lines
from .targets import find_target

EXPORTS_AN_HOUR = 30
IN_MEMORY = 1 << 20
MARK = "\ufeff"  # spreadsheets read UTF-8 by it


@login_not_required
@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """Those of `?place=` and all in it, or of `?process=`. Written to a file first: a slow reader holds no connection."""
    target = find_target(request)
    person = who(request)
    asker = person.audit_id if person else f"network:{network_of(request)}"
    if not spend_quietly("export", who=asker, limit=EXPORTS_AN_HOUR, seconds=3600):
        words = _("That was very often in a short time. Please wait a little and try again.")
        return render(request, "base/said.html", {"words": words}, status=429)
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    out.write(MARK.encode())
    for line in csv_lines(target.territory if target else None, target.process if target else None):
        out.write(line.encode())
    out.seek(0)
    response = FileResponse(
        out, as_attachment=True, filename="ideas.csv", content_type="text/csv; charset=utf-8"
    )
    response["Cache-Control"] = "no-store"
    return response
