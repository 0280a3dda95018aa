"""Counts new notices before a page is built: for people only, so a page kept for visitors asks nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tequio.people.middleware import who

from .selectors.pages import unread


class UnreadNotices:
    """One query for a page; none for files, parts of pages, and forms that lead on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_args: object) -> None:
        is_page = "text/html" in request.headers.get("Accept", "text/html")
        if request.method == "GET" and is_page and "HX-Request" not in request.headers:
            request.unread_notices = unread(who(request))  # type: ignore[attr-defined]
