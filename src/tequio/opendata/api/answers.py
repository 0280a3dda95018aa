"""How the API answers: problems in the reader's language, ETags, JSON also where something went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from tequio.base.api import Problem
from tequio.base.errors import Refused

WAIT_SECONDS = 600
# By pydantic's types of errors; their values stand beside.
SAID: dict[str, str | Promise] = {
    "missing": gettext_lazy("This is missing."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "too_long": gettext_lazy("At most %(max_length)s characters."),
    "too_short": gettext_lazy("At least %(min_length)s characters."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "literal_error": gettext_lazy("Choose one of: %(expected)s."),
    "int_parsing": gettext_lazy("Send a whole number."),
    "int_type": gettext_lazy("Send a whole number."),
    "int_from_float": gettext_lazy("Send a whole number."),
    "int_parsing_size": gettext_lazy("Send a smaller number."),
    "bool_parsing": gettext_lazy("Send true or false."),
    "bool_type": gettext_lazy("Send true or false."),
    "string_type": gettext_lazy("Send text."),
    "string_unicode": gettext_lazy("Send text in UTF-8."),
}


class Api(NinjaAPI):
    """django-ninja with ETags on what is read."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, data, **options)
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        if request.method == "GET" and response.status_code == 200:
            return _with_etag(request, response)
        if response.status_code >= 400 or request.method != "GET":
            response["Cache-Control"] = "no-store"
        return response


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A weak one: the body may be packed on its way."""
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    if etag.removeprefix("W/") in request.headers.get("If-None-Match", ""):
        kept = {
            name: value for name, value in response.items() if name not in ("Content-Type", "Content-Length")
        }
        response = HttpResponse(status=304, headers=kept)
        response.headers.pop("Content-Type", None)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def say(api: NinjaAPI, request: HttpRequest, problem: Problem) -> HttpResponse:
    response = api.create_response(request, problem.document(), status=problem.status)
    if problem.wait_seconds:
        response["Retry-After"] = str(problem.wait_seconds)
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="tequio"'
    return response


def not_found() -> Problem:
    return Problem(404, "not_found", _("There is nothing here that you may see."))


def teach(api: NinjaAPI) -> None:
    """Tell the API how to say each error of ours."""
    told: dict[type[Exception], Callable[[Any], Problem]] = {
        Problem: lambda error: error,
        Http404: lambda error: not_found(),
        Refused: _refused,
        ValidationError: _not_valid,
        HttpError: _not_read,
    }
    for kind, tell in told.items():
        api.add_exception_handler(kind, _handler(api, tell))


def _handler(api: NinjaAPI, tell: Callable[[Any], Problem]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: say(api, request, tell(error))


def _refused(error: Refused) -> Problem:
    if error.code == "too_often":
        return Problem(429, error.code, error.reason, wait_seconds=WAIT_SECONDS)
    return Problem(403, error.code, error.reason)


def _not_read(error: HttpError) -> Problem:
    """django-ninja's own: a body that is no JSON."""
    return Problem(error.status_code, "bad_request", _("The request cannot be read: send JSON in UTF-8."))


def _not_valid(error: ValidationError) -> Problem:
    fields = [(_where(one), _words(one)) for one in error.errors]
    return Problem(422, "invalid", _("Something in the request is not right."), fields=fields)


def _where(error: dict[str, Any]) -> str:
    """`body.text`: without the name that the parameter has in our code."""
    first, *path = [str(part) for part in error["loc"]]
    path = path[1:] if len(path) > 1 and path[0] in ("body", "filters") else path
    return ".".join([first, *path]).encode("utf-8", "replace").decode()[:200]


def _words(error: dict[str, Any]) -> str:
    known = SAID.get(error["type"])
    return str(known) % error.get("ctx", {}) if known else _("This is not as it has to be.")
