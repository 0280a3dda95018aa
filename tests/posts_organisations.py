"""The valid forms of the organisations' pages, for the list in `posts`."""

from __future__ import annotations

from typing import Any

WORDS_OF_PORTRAIT = (
    "name", "description", "website", "email", "phone", "address", "registration", "name_fr", "description_es",
)  # fmt: skip


def _portrait(house: Any) -> dict[str, Any]:
    return {
        "kind": "informal_group", "language": "en", "name": "The bread oven", "description": "We bake on Fridays.",
        "territory": house.place.code, "do": "save",
    }  # fmt: skip


def _resident(house: Any) -> dict[str, Any]:
    return {
        "person": house.organisations.member.person_id, "territory": house.organisations.runs.territory_id,
        "is_so": "on",
    }  # fmt: skip


ROWS: list[dict[str, Any]] = [
    {"name": "organisations:new", "role": "member", "fields": _portrait, "words": WORDS_OF_PORTRAIT},
    {
        "name": "organisations:edit", "role": "author", "words": WORDS_OF_PORTRAIT,
        "fields": lambda house: {"name": "The weavers", "do": "save"},
    },
    {"name": "organisations:change_logo", "role": "author", "fields": lambda house: {"do": "remove"}},
    {
        "name": "organisations:classes", "role": "author", "words": ("new0-words_en", "new1-words_fr"),
        "fields": lambda house: {"new0-words_en": "Apprentice"},
    },
    {
        "name": "organisations:join", "role": "moderator", "words": ("words",),
        "fields": lambda house: {"who": "me", "words": "I weave too.", "do": "ask"},
    },
    {
        "name": "organisations:invite", "role": "author", "words": ("email",),
        "fields": lambda house: {"email": f"ama.{house.tag}@example.org", "role": "member"},
    },
    {
        "name": "organisations:withdraw", "role": "author",
    },
    {
        "name": "organisations:answer_request", "role": "author", "words": ("reason",),
        "fields": lambda house: {"reason": "Welcome.", "do": "accept"},
    },
    {
        "name": "organisations:answer_request", "role": "author", "words": ("reason",), "ways": "no",
        "fields": lambda house: {"reason": "We are full.", "do": "decline"},
    },
    {
        "name": "organisations:change_member", "role": "author",
        "fields": lambda house: {"role": "representative", "do": "save"},
    },
    {
        "name": "organisations:change_member", "role": "author", "words": ("reason",), "ways": "end",
        "fields": lambda house: {"reason": "She moved away.", "do": "end"},
    },
    {"name": "organisations:my_membership", "role": "colleague", "fields": lambda house: {"do": "hide"}},
    {
        "name": "organisations:my_membership", "role": "colleague", "ways": "leave",
        "fields": lambda house: {"do": "leave"},
    },
    {
        "name": "organisations:invitation", "role": "member",
        "fields": lambda house: {"do": "accept", "is_shown": "on"},
    },
    {
        "name": "organisations:invitation", "role": "member", "ways": "no",
        "fields": lambda house: {"do": "decline"},
    },
    {
        "name": "organisations:verify", "role": "steward", "words": ("evidence",),
        "fields": lambda house: {
            "method": "visit", "checked_on": "2026-01-05", "evidence": "I heard them sing.", "do": "verify",
        },
    },
    {
        "name": "organisations:register", "role": "colleague", "fields": _resident,
        "things": ("person", "territory"),
    },
]  # fmt: skip
