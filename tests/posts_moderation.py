"""The valid forms of moderation, for the list in `posts`."""

from __future__ import annotations

from typing import Any

ROWS: list[dict[str, Any]] = [
    {
        "name": "moderation:report", "role": "visitor", "words": ("words", "law", "email"),
        "fields": lambda house: {"rule": "law", "law": "The law on names", "words": "It names my child."},
    },
    {
        "name": "moderation:report", "role": "member", "ways": "as a member", "words": ("words",),
        "fields": lambda house: {"rule": "spam", "words": "It sells masts."},
    },
    {
        "name": "moderation:appeal_by_reporter", "role": "visitor", "words": ("words",),
        "fields": lambda house: {"words": "It has nothing to do with this place."},
    },
    {
        "name": "moderation:appeal", "role": "member", "words": ("words",),
        "fields": lambda house: {"words": "I said it of myself."},
    },
    {
        "name": "moderation:desk", "role": "moderator", "words": ("facts", "law", "language_other"),
        "fields": lambda house: {"measure": "ask", "rule": "off_topic", "facts": "Half of it is about wells."},
    },
    {
        "name": "moderation:answer", "role": "moderator", "words": ("facts", "language_other"),
        "fields": lambda house: {"outcome": "overturned", "facts": "It was a joke among friends."},
    },
    {
        "name": "deliberation:decide_cohort", "role": "author", "words": ("reason",),
        "fields": lambda house: {"do": "released", "reason": "The youth club met that evening."},
    },
]  # fmt: skip
