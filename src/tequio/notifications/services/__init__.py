"""Announcing what happened, following, and choosing where to hear of it; `telling` and `digests` go out."""

from __future__ import annotations

from .announcing import announce, say_anew, tell, tell_many, withdraw_notices
from .following import (
    follow_along,
    follow_item,
    follow_made,
    follow_organisation,
    follow_place,
    follow_search,
    unfollow,
)

__all__ = [
    "announce",
    "follow_along",
    "follow_item",
    "follow_made",
    "follow_organisation",
    "follow_place",
    "follow_search",
    "say_anew",
    "tell",
    "tell_many",
    "unfollow",
    "withdraw_notices",
]
