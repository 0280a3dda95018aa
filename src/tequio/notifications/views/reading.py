"""Notices on the page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.people.middleware import who

from ..selectors import pages
from ..services.choosing import read_notices


@login_not_required
@acts_once
def notices(request: HttpRequest) -> HttpResponse:
    """What a person was told, newest first. A guest has hers in this browser."""
    person = who(request)
    if request.method == "POST":
        up_to = read_id(request.POST.get("up_to", ""))
        if person is not None and up_to is not None:
            read_notices(person, up_to, by=person)
        return redirect("notifications:notices")
    context = {"page": pages.notice_page(person, request.GET.get("before", ""))}
    return render(request, "notifications/notices.html", context)
