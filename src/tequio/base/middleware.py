"""What stands before every view: headers, clean requests, a plain word when the database is away."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

log = logging.getLogger("tequio.web")
Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SMALLEST_PACKED = 600


def _headers() -> dict[str, str]:
    headers = {**HEADERS, "Content-Security-Policy": settings.CONTENT_SECURITY_POLICY}
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
    return headers


class PlainHeaders:
    """Security headers on every answer, errors and files included."""

    def __init__(self, get_response: Next):
        self.get_response = get_response
        self.headers = _headers()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


# The largest form takes files of 50 MB; more is refused before anything of it is read.
MOST_BYTES = 60 << 20


class CleanRequests:
    """NUL bytes and broken text anywhere in a request are a bad request, not a database error."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > MOST_BYTES:
            return HttpResponse("Too large", content_type="text/plain", status=413)
        if self._is_broken(request.path) or any(
            self._is_broken(part) for pair in request.GET.lists() for part in (pair[0], *pair[1])
        ):
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The body is read here and not earlier, so that a view may still refuse an upload unread."""
        if request.method != "POST" or getattr(view, "reads_stream", False):
            return None
        names = [upload.name or "" for uploads in request.FILES.lists() for upload in uploads[1]]
        words = [part for pair in request.POST.lists() for part in (pair[0], *pair[1])]
        if any(self._is_broken(part) for part in (*names, *words)):
            return HttpResponseBadRequest("Bad request", content_type="text/plain")
        return None

    @staticmethod
    def _is_broken(text: str) -> bool:
        if "\x00" in text:
            return True
        try:
            text.encode()
        except UnicodeEncodeError:
            return True
        return False


class DatabaseAway:
    """A plain 503 with Retry-After while the database restarts; the process itself stays.

    Errors of views come here; those of other middleware reach `base.views.server_error`.
    """

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            return self.say_away(request, error)
        return None

    @staticmethod
    def say_away(request: HttpRequest, error: Exception) -> HttpResponse:
        log.warning("database away on %s %s: %s", request.method, request.path, type(error).__name__)
        connection.close()
        response = HttpResponse(render_to_string("base/away.html"), status=503)
        response["Retry-After"] = "5"
        response["Cache-Control"] = "no-store"
        return response


class Packed:
    """gzip for answers that are built for one person; kept pages are packed once, where they are kept."""

    def __init__(self, get_response: Next):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            response.streaming
            or response.has_header("Content-Encoding")
            or len(response.content) < SMALLEST_PACKED
            or not response.get("Content-Type", "").startswith(("text/", "application/json", "image/svg"))
        ):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response.content = gzip.compress(response.content, 6, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        return response
