"""The valid forms of problems, for the list in `posts`."""

from __future__ import annotations

from typing import Any

ROWS: list[dict[str, Any]] = [
    {
        "name": "proposals:problem_new", "role": "visitor",
        "words": ("title", "what", "who_is_affected", "evidence", "place_name", "map_link", "latitude"),
        "page": lambda house: f"?place={house.place.code}",
        "fields": lambda house: {
            "title": "The lamps of the bridge are dark.", "what": "Since March.", "language": "en",
            "how_often": "daily", "latitude": "6.14", "longitude": "1.22",
        },
    },
    {
        "name": "proposals:problem_edit", "role": "guest",
        "words": ("title", "what", "who_is_affected", "evidence", "place_name", "why"),
        "fields": lambda house: {"title": "The drain of the market overflows each week.", "why": "Counted."},
    },
    {"name": "proposals:problem_edit", "role": "guest", "fields": lambda house: {"do": "withdraw"}, "ways": "withdraw"},
    {
        "name": "proposals:confirm", "role": "visitor", "words": ("place_name", "text"), "things": ("territory",),
        "fields": lambda house: {
            "territory": house.place.code, "place_name": "Rue du Lac", "text": "In our street too.", "language": "en",
        },
    },
    {"name": "proposals:confirm", "role": "member", "fields": lambda house: {"do": "stop"}, "ways": "taking it back"},
]  # fmt: skip
