"""The valid forms of discussions, for the list in `posts`."""

from __future__ import annotations

from typing import Any

ROWS: list[dict[str, Any]] = [
    {
        "name": "discussions:write", "role": "visitor", "words": ("text", "name"),
        "fields": lambda house: {
            "text": "The mast can stand on our roof.", "language": "en", "side": "for", "name": "Ama K.",
        },
    },
    {
        "name": "discussions:reply", "role": "member", "words": ("text", "name"),
        "fields": lambda house: {"text": "Which street is that?", "language": "en", "name": "Mina"},
    },
    {
        "name": "discussions:edit", "role": "guest", "words": ("text",),
        "fields": lambda house: {"text": "Our street has no line."},
    },
    {"name": "discussions:withdraw", "role": "guest"},
    {
        "name": "discussions:useful", "role": "colleague", "things": ("mark",),
        "fields": lambda house: {"mark": house.comment.pk},
        "page": lambda house: f"?mark={house.comment.pk}",
    },
]  # fmt: skip
