"""A conversation to take along: its results as JSON, its answers as the field's export folder."""

from __future__ import annotations

import tempfile
from typing import IO

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.guards.services import spend_quietly
from tequio.people.middleware import who

from ..models import Conversation
from ..permissions import can_moderate, visible_to
from ..selectors.exporting import FILES, ExportFolder, map_of
from ..selectors.results import newest_map, result_document

EXPORTS_AN_HOUR = 30
IN_MEMORY = 1 << 20


@login_not_required
@require_safe
def results_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest result, or an older one by `?map=`."""
    conversation = _found(request, pk)
    asked = request.GET.get("map", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    drawn = map_of(conversation, int(asked)) if asked else newest_map(conversation)
    if drawn is None and asked:
        raise Http404
    if drawn is None:
        return JsonResponse({"conversation": conversation.pk, "made_at": None, "k": 0, "groups": []})
    return JsonResponse(result_document(drawn), json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
def export_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _export(request, pk, "zip")


@login_not_required
@require_safe
def export_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    if name not in FILES:
        raise Http404
    return _export(request, pk, name)


def _export(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Written to a file first: a slow reader then holds no connection, and an error is an error page."""
    conversation = _found(request, pk)
    if not _may_again(request):
        return _too_often(request)
    folder = ExportFolder(
        conversation,
        with_declined=can_moderate(who(request), conversation),
        address=request.build_absolute_uri(conversation.item.path),
    )
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - a large answer closes it
    try:
        if name == "zip":
            folder.write_zip(out)
        else:
            folder.write_file(name, out)
        return _as_file(out, "zip" if name == "zip" else name, pk)
    except BaseException:
        out.close()
        raise


def _as_file(out: IO[bytes], name: str, pk: int) -> HttpResponseBase:
    filename = f"conversation-{pk}.zip" if name == "zip" else f"conversation-{pk}-{name}"
    kind = "application/zip" if name == "zip" else "text/csv; charset=utf-8"
    is_small = out.tell() <= IN_MEMORY
    out.seek(0)
    response: HttpResponseBase
    if is_small:
        response = HttpResponse(out.read(), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        out.close()
    else:
        response = FileResponse(out, as_attachment=True, filename=filename, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response


def _found(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(visible_to(who(request)).select_related("item__territory"), pk=pk)


def _may_again(request: HttpRequest) -> bool:
    """Thirty an hour for a person, or for a network where nobody is known."""
    person = who(request)
    asker = person.audit_id if person else f"network:{request.META.get('REMOTE_ADDR', '')}"
    return spend_quietly("export", who=asker, limit=EXPORTS_AN_HOUR, seconds=3600)


def _too_often(request: HttpRequest) -> HttpResponse:
    words = _("That was very often in a short time. Please wait a little and try again.")
    response = render(request, "base/said.html", {"words": words}, status=429)
    response["Retry-After"] = "600"
    return response
