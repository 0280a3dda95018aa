"""Ending letters from a link in them: nobody has to sign in for that."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from tequio.guards.views import acts_by_token, acts_once
from tequio.people.models import Person

from ..enums import Stop
from ..selectors.stopping import TooOld, read_token, stop_token
from ..services.choosing import stop_letters


def _read(token: str) -> tuple[Person, Stop]:
    found = read_token(token)
    if found is None:
        raise Http404
    return found


@login_not_required
@acts_once
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; GET changes nothing, because scanners of mail follow every link."""
    try:
        person, purpose = _read(token)
    except TooOld:
        return render(request, "notifications/stop_old.html", status=410)
    if request.method == "POST":
        stop_letters(person, purpose, by=person)
        return redirect(f"{request.path}?done=1")
    context = {
        "purpose": purpose.value,
        "is_done": "done" in request.GET,
        "all_token": stop_token(person, Stop.ALL) if purpose != Stop.ALL else "",
    }
    return render(request, "notifications/stop.html", context)


@login_not_required
@never_cache
@csrf_exempt
@acts_by_token
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a mail program posts here without a cookie. The signed token alone says who and what."""
    if request.method != "POST":
        return redirect("notifications:stop", token)
    try:
        found = read_token(token)
    except TooOld:
        found = None
    if found is None:
        return HttpResponse("This link is not good any more.", status=410, content_type="text/plain")
    person, purpose = found
    stop_letters(person, purpose, by=person)
    return HttpResponse("Done.", content_type="text/plain")
