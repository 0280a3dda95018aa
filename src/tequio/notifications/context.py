"""How many notices are new, as the middleware counted them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def notices(request: HttpRequest) -> dict[str, Any]:
    return {"unread_notices": getattr(request, "unread_notices", 0)}
