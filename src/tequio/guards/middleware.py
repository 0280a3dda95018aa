"""Kept pages: an anonymous GET is built once and handed out until the page version moves on.

And no POST for a view that does not act once.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_http_date_safe

from tequio.base.languages import INTERFACE

from . import services

MOST_PAGES = 2_000
VERSION_SECONDS = 2.0


@dataclass(frozen=True)
class Kept:
    """A page as it was built, plain and packed; `etag` is that of the plain body, without quotes."""

    until: float
    etag: str
    headers: dict[str, str]
    body: bytes
    packed: bytes


class PageStore:
    """Pages of one process, the least recently used dropped first."""

    def __init__(self) -> None:
        self.pages: OrderedDict[tuple[object, ...], Kept] = OrderedDict()
        self.lock = Lock()
        self.version = 0
        self.version_read = 0.0

    def current_version(self) -> int:
        now = time.monotonic()
        if now - self.version_read > VERSION_SECONDS:
            self.version = services.page_version()
            self.version_read = now
        return self.version

    def find(self, key: tuple[object, ...]) -> Kept | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None or page.until < time.monotonic():
                return None
            self.pages.move_to_end(key)
            return page

    def keep(self, key: tuple[object, ...], page: Kept) -> None:
        with self.lock:
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > MOST_PAGES:
                self.pages.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.version_read = 0.0


STORE = PageStore()


class KeptPages:
    """Stands before sessions: nothing of anybody may be in a page it keeps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_nobody = settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.META.get(
            "HTTP_AUTHORIZATION"
        )
        may_keep = request.method in ("GET", "HEAD") and is_nobody
        if not may_keep or request.method == "HEAD":
            return self._say_private(self.get_response(request))
        key = self._key(request)
        page = STORE.find(key)
        if page is None:
            response = self.get_response(request)
            if not self._can_keep(request, response):
                return self._say_private(response)
            page = self._pack(response)
            STORE.keep(key, page)
        return self._hand_out(request, page)

    @staticmethod
    def _key(request: HttpRequest) -> tuple[object, ...]:
        """From the raw request, because a kept page is asked for most of all: a host that we do not
        answer for, or a path that nobody knows, never gets a page kept under it."""
        meta, path = request.META, request.path_info
        has_language = path[1:3] in INTERFACE and path[3:4] == "/"
        return (
            STORE.current_version(),
            meta.get("HTTP_HOST", ""),
            request.is_secure(),
            path,
            meta.get("QUERY_STRING", ""),
            meta.get("HTTP_HX_REQUEST", ""),
            meta.get("HTTP_HX_TARGET", ""),
            meta.get("HTTP_SAVE_DATA", ""),
            "" if has_language else meta.get("HTTP_ACCEPT_LANGUAGE", ""),
        )

    @staticmethod
    def _can_keep(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            and "no-store" not in response.get("Cache-Control", "")
            and "Content-Disposition" not in response
        )

    @staticmethod
    def _pack(response: HttpResponse) -> Kept:
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Encoding", "HX-Request"])
        body = response.content
        return Kept(
            until=time.monotonic() + settings.KEPT_PAGE_SECONDS,
            etag=hashlib.sha256(body).hexdigest()[:24],
            headers={name: value for name, value in response.items() if name != "Content-Length"},
            body=body,
            packed=gzip.compress(body, 6, mtime=0),
        )

    @staticmethod
    def _hand_out(request: HttpRequest, page: Kept) -> HttpResponse:
        """The body in the form the browser takes, or word that it has it already."""
        is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        headers = {**page.headers, "ETag": f'"{page.etag}-gzip"' if is_packed else f'"{page.etag}"'}
        if _has_it(request, headers):
            return HttpResponse(status=304, headers=headers)
        body = page.packed if is_packed else page.body
        headers["Content-Length"] = str(len(body))
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(body, headers=headers)

    @staticmethod
    def _say_private(response: HttpResponse) -> HttpResponse:
        if "Cache-Control" not in response and not response.streaming:
            response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
        return response


def _has_it(request: HttpRequest, headers: dict[str, str]) -> bool:
    """By the tag; feed readers that keep none also ask by the moment of the last change, where an answer says it."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        return headers["ETag"] in request.META["HTTP_IF_NONE_MATCH"]
    changed = parse_http_date_safe(headers.get("Last-Modified", ""))
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    return changed is not None and since is not None and changed <= since


READING = ("GET", "HEAD", "OPTIONS")


class MembersOnly(LoginRequiredMiddleware):
    """Signing in is asked first, but not of whoever sends the form again by which she has just left."""

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        to_sign_in = super().process_view(request, view, args, kwargs)
        answered_before = getattr(view, "answered_before", None)
        if to_sign_in is None or request.method != "POST" or answered_before is None:
            return to_sign_in
        return answered_before(request) or to_sign_in


class OnlyWhoActsOnce:
    """Pages are read; a view gets a POST only if it is marked to act once, and no other method at all.

    By `acts_once`, by `acts_by_token` where a signed token in the address stands for cookie and key, or by
    `acts_by_key` where a program sends both in headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        acts = any(getattr(view, way, False) for way in ("acts_once", "acts_by_token", "acts_by_key"))
        if request.method in READING or (request.method == "POST" and acts):
            return None
        allowed = [*READING, "POST"] if acts else READING
        return HttpResponseNotAllowed(allowed)
