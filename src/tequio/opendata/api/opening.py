"""What every operation's address does before and after the operation: size, HEAD, other sites' pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _

from tequio.base.api import Problem

LARGEST_BODY = 64 << 10
View = Callable[..., HttpResponse]


def opened(patterns: list[URLResolver | URLPattern]) -> list[URLResolver | URLPattern]:
    """The operations' views for our middleware: public, without cookies, each act with a key of its own."""
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        pattern.callback = _opened(pattern.callback)
    return patterns


def _opened(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from . import api
        from .answers import say

        if request.method == "OPTIONS":
            return _may_ask()
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            words = _("At most %(kilobytes)s kB at once.") % {"kilobytes": LARGEST_BODY >> 10}
            return say(api, request, Problem(413, "too_large", words))
        response = view(request, *args, **kwargs)
        if request.method == "GET":
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        if is_head:
            request.method = "HEAD"  # so that the server sends no body
        return response

    # Marks on the view, as Django's decorators set them and the middleware reads them.
    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is looked at: there is nothing to forge
    answer.login_required = False  # type: ignore[attr-defined]
    answer.reads_stream = True  # type: ignore[attr-defined]
    answer.acts_by_key = True  # type: ignore[attr-defined]
    return answer


def _may_ask() -> HttpResponse:
    """Pages of other sites may read what is public; keys do not belong into them."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD"
    response["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response
