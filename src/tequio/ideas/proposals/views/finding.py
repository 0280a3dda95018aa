"""The idea of a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..models import Idea
from ..permissions import process_of
from ..selectors.detail import ideas_for_reading


def find_idea(request: HttpRequest, pk: int) -> Idea:
    """The idea if she may see it, with all its pages ask for; else as absent."""
    return get_object_or_404(ideas_for_reading(who(request)), pk=pk)


def around(idea: Idea) -> dict[str, Any]:
    """What every page of an idea shows of it."""
    item = idea.item
    return {
        "idea": idea,
        "item": item,
        "process": process_of(idea),
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
