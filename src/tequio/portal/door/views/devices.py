"""Where a member is signed in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.guards.views import acts_once
from tequio.people.middleware import member
from tequio.people.services.devices import end_device, end_sessions

from .. import selectors


@acts_once
def devices(request: HttpRequest) -> HttpResponse:
    """No code is asked for: whoever is afraid must be able to end the others at once."""
    person, key = member(request), request.session.session_key
    do = request.POST.get("do", "")
    if do == "others":
        number = end_sessions(person, except_key=key, by=person)
        messages.success(request, _say_ended(number))
        return redirect("door:devices")
    if do == "end":
        text = request.POST.get("device", "")
        pk = int(text) if text.isdecimal() and len(text) < 18 else 0
        device = get_object_or_404(selectors.devices_visible_to(person).exclude(session_key=key), pk=pk)
        end_device(device, by=person)
        messages.success(request, _say_ended(1))
        return redirect("door:devices")
    context = {"devices": selectors.devices_of(person, key)}
    return render(request, "door/devices.html", context, status=422 if request.method == "POST" else 200)


def _say_ended(number: int) -> str:
    if not number:
        return _("You are signed in nowhere else.")
    return ngettext("One device is signed out.", "%(number)d devices are signed out.", number) % {
        "number": number
    }
