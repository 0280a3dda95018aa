"""The valid forms of translating and of carrying things on, for the list in `posts`."""

from __future__ import annotations

from typing import Any

ROWS: list[dict[str, Any]] = [
    {
        "name": "translations:translate", "role": "moderator", "words": ("text_es", "text_fr"),
        "fields": lambda house: {"text_fr": "Une réparation en deux jours."},
    },
    {
        "name": "thread:carry", "role": "colleague", "words": ("title",),
        "fields": lambda house: {"title": "Who mends our lines, and how soon?", "language": "en"},
    },
]  # fmt: skip
