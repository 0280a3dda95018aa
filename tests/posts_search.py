"""The valid forms of the search, for the list in `posts`."""

from __future__ import annotations

from typing import Any

ROWS: list[dict[str, Any]] = [
    {"name": "search:hide_gap", "role": "moderator", "fields": lambda house: {"do": "hide"}},
]
