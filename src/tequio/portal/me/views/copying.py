from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.files.selectors import rendition_of
from tequio.files.views import serve
from tequio.guards.views import acts_once
from tequio.people.middleware import who

from ..permissions import copies_visible_to
from ..selectors.mine import copies_of, zone_of
from ..services.copying import ask_copy


@login_not_required
@acts_once
def data(request: HttpRequest) -> HttpResponse:
    """Ask for a copy, see how far it is, get it. Who is nobody here has nothing to copy."""
    person = who(request)
    if request.method == "POST":
        if person is None:
            raise Http404
        ask_copy(person, by=person)
        return redirect("me:data")
    copies = copies_of(person) if person else []
    running = next((copy for copy in copies if copy.is_running), None)
    context = {"copies": copies, "running": running, "zone": zone_of(person), "icons": "download"}
    template = "me/_copies.html" if getattr(request, "htmx", False) else "me/data.html"
    return render(request, template, context)


@login_not_required
@never_cache
@require_safe
def download(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Asked each time anew whose it is: after signing out it is as if it were not there."""
    row = get_object_or_404(copies_visible_to(who(request)), uid=uid)
    rendition = rendition_of(row.file_id)
    if rendition is None or row.is_over:
        raise Http404
    return serve(rendition, request)
