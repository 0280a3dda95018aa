"""How many notices are new: asked for people only, so a page kept for visitors asks nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .selectors.pages import unread


def notices(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`; 0 where nobody is there, or where the page says that something broke."""
    person = getattr(request, "person", None)
    if person is None or getattr(request, "is_broken", False):
        return {"unread_notices": 0}
    return {"unread_notices": unread(person)}
