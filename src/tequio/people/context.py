"""What every template may ask of the person in front of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def person(request: HttpRequest) -> dict[str, Any]:
    return {"person": getattr(request, "person", None)}
