"""The valid forms of following, notices and letters, for the list in `posts`."""

from __future__ import annotations

from typing import Any

from following import followed_by, has_digest, notice_of, publish_held

FOLLOW: dict[str, Any] = {"fields": lambda house: {"do": "follow"}}

ROWS: list[dict[str, Any]] = [
    {"name": "notifications:follow_item", "role": "visitor", **FOLLOW},
    {"name": "notifications:follow_item", "role": "member", "ways": "as a member", **FOLLOW},
    {
        "name": "notifications:follow_item", "role": "author", "ways": "follow no more",
        "fields": lambda house: {"do": "stop"},
    },
    {"name": "notifications:follow_place", "role": "guest", **FOLLOW},
    {"name": "notifications:follow_organisation", "role": "guest", **FOLLOW},
    {
        "name": "notifications:follow_search", "role": "member", "page": "?q=wells", "words": ("q",),
        "fields": lambda house: {"q": "wells", "do": "follow"},
    },
    {
        "name": "notifications:following", "role": "author", "things": ("follow",),
        "fields": lambda house: {"follow": followed_by(house, "author").pk},
    },
    {
        "name": "notifications:notices", "role": "guest", "prepare": lambda house, client: publish_held(house),
        "fields": lambda house: {"up_to": notice_of(house, "guest").pk},
    },
    {
        "name": "notifications:letters", "role": "member",
        "fields": lambda house: {"rhythm": "weekly", "weekday": "2", "hour": "18", "agrees": "on"},
    },
    {
        "name": "notifications:stop", "role": "visitor", "prepare": lambda house, client: has_digest(house),
    },
]  # fmt: skip
