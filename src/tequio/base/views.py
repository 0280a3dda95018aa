"""Answers of the house itself: errors in the reader's language."""

from __future__ import annotations

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .middleware import DatabaseAway


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    words = _(
        "This form was open for too long, or cookies are off. Please open it again and send it once more."
    )
    return render(request, "base/said.html", {"words": words, "to": request.path}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Also for what went wrong before any view: Django asks for this page while the error is at hand."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return DatabaseAway.say_away(request, error)
    return render(request, "500.html", status=500)


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    """Also where the session could not be saved: Django takes every error of the database for a lost session."""
    cause = exception
    while cause is not None:
        if isinstance(cause, OperationalError | InterfaceError):
            return DatabaseAway.say_away(request, cause)
        cause = cause.__cause__ or cause.__context__
    return HttpResponse("Bad request", content_type="text/plain", status=400)
