"""What every page shows of itself: its other languages, whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .languages import INTERFACE, current, own_name


def site(request: HttpRequest) -> dict[str, Any]:
    """`other_languages`: [{code, name, path}]; the path of the same page in the other languages."""
    language = current()
    path = request.get_full_path()
    has_prefix = path[1:3] in INTERFACE and path[3:4] == "/"
    rest = path[3:] if has_prefix and request.method == "GET" else "/"
    others = [
        {"code": code, "name": own_name(code).capitalize(), "path": f"/{code}{rest}"}
        for code in INTERFACE
        if code != language
    ]
    return {"other_languages": others, "is_demo": settings.IS_DEMO, "language": language}
