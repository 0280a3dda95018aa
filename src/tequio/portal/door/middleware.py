"""Where members are signed in: each session is noted once a day with its person."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tequio.guards.views import agent_of
from tequio.people.services.devices import note_device


class DevicesSeen:
    """One write a day and browser. It also notes sessions that began without our door (a repeated form)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            today = timezone.localdate().isoformat()
            if request.session.get("seen") != today and request.session.session_key:
                note_device(request.user, request.session.session_key, agent=agent_of(request))
                request.session["seen"] = today
        return self.get_response(request)
