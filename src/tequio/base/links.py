"""Addresses for letters: outside a request only the settings know under which name the site stands."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def absolute(path: str) -> str:
    """The whole address of one of our paths."""
    if settings.PUBLIC_HOSTS:
        scheme = "https" if settings.IS_HTTPS else "http"
        return f"{scheme}://{settings.PUBLIC_HOST}{path}"
    return f"http://localhost:{settings.ENV['PORT']}{path}"


def site_of(request: HttpRequest) -> str:
    """The address of the site without a slash at its end: its public name, else the one it was asked by."""
    return absolute("") if settings.PUBLIC_HOSTS else request.build_absolute_uri("/").rstrip("/")
