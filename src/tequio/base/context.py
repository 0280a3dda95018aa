"""What every page shows of itself: its other languages, its one address, whether this is a demonstration."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from .languages import INTERFACE, current, own_name
from .links import site_of

# What a page is another page by; all else in a query is a wish about the same page.
PAGING = ("page", "before", "after")


def site(request: HttpRequest) -> dict[str, Any]:
    """`other_languages`: [{code, name, path}]; the path of the same page in the other languages.

    `page`: addresses for search engines and previews, on pages everybody may read: {site, own, languages:
    [(code, address)], anywhere: the one that follows the reader's language}; None on all others.
    """
    language = current()
    path = request.get_full_path()
    has_prefix = path[1:3] in INTERFACE and path[3:4] == "/"
    rest = path[3:] if has_prefix and request.method == "GET" else "/"
    others = [
        {"code": code, "name": own_name(code).capitalize(), "path": f"/{code}{rest}"}
        for code in INTERFACE
        if code != language
    ]
    page = _addresses(request, language) if has_prefix and _is_for_all(request) else None
    return {
        "other_languages": others,
        "is_demo": settings.IS_DEMO,
        "language": language,
        "page_of_site": page,
    }


def _is_for_all(request: HttpRequest) -> bool:
    """A public page that only shows."""
    view = request.resolver_match.func if request.resolver_match else None
    return view is not None and not (
        getattr(view, "login_required", True) or getattr(view, "acts_once", False)
    )


def _addresses(request: HttpRequest, language: str) -> dict[str, Any]:
    host, rest = site_of(request), request.path[3:]
    kept = {name: request.GET[name] for name in PAGING if name in request.GET}
    query = f"?{urlencode(kept)}" if kept else ""
    return {
        "site": host,
        "own": f"{host}/{language}{rest}{query}",
        "languages": [(code, f"{host}/{code}{rest}{query}") for code in INTERFACE],
        "anywhere": f"{host}{rest}{query}",
    }
