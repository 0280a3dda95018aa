"""Addresses for letters: outside a request only the settings know under which name the site stands."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of one of our paths."""
    if settings.PUBLIC_HOSTS:
        scheme = "https" if settings.IS_HTTPS else "http"
        return f"{scheme}://{settings.PUBLIC_HOST}{path}"
    return f"http://localhost:{settings.ENV['PORT']}{path}"
