"""The valid forms of answers and results, for the list in `posts`."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from house import House


def _chosen(house: House) -> str:
    return f"?item={house.conversation.pk}"


ROWS: list[dict[str, Any]] = [
    {
        "name": "answers:write", "role": "author", "words": ("words", "office", "words_es"),
        "fields": lambda house: {
            "decision": "in_part", "words": "Half of it, by May.", "language": "en", "office": "networks",
            "do": "send",
        },
    },
    {
        "name": "answers:write", "role": "steward", "ways": "and the next one",
        "fields": lambda house: {"decision": "accepted", "words": "Yes.", "language": "en", "do": "next"},
    },
    {"name": "answers:take_back", "role": "steward"},
    {"name": "answers:ask", "role": "steward", "fields": lambda house: {"due": "2099-05-03"}},
    {
        "name": "answers:assign", "role": "steward", "page": _chosen, "things": ("item", "colleague"),
        "fields": lambda house: {"item": house.conversation.pk, "colleague": house.person("colleague").pk},
    },
    {
        "name": "answers:bulk", "role": "steward", "page": _chosen, "things": ("item",), "words": ("words", "office"),
        "fields": lambda house: {
            "item": house.conversation.pk, "decision": "declined", "words": "Not now, {name}.", "language": "en",
        },
    },
    {"name": "answers:batch", "role": "steward", "fields": lambda house: {"do": "send"}},
    {"name": "answers:batch", "role": "steward", "fields": lambda house: {"do": "drop"}, "ways": "not sending"},
    {
        "name": "answers:template_new", "role": "steward", "words": ("name", "words"),
        "fields": lambda house: {
            "name": "Roads", "decision": "accepted", "words": "We mend it in {place}.", "language": "en",
        },
    },
    {
        "name": "answers:template", "role": "steward", "words": ("name", "words"),
        "fields": lambda house: {"name": "Thank you", "do": "save"},
    },
    {"name": "answers:template", "role": "steward", "ways": "deleting", "fields": lambda house: {"do": "delete"}},
    {
        "name": "answers:add_paper", "role": "steward", "words": ("name",),
        "fields": lambda house: {
            "file": SimpleUploadedFile("costs.txt", b"A boat: 900000"), "name": "Cost sheet", "language": "en",
        },
    },
    {
        "name": "answers:result_new", "role": "steward", "words": ("title", "summary", "body", "steps"),
        "fields": lambda house: {
            "title": "A second boat", "body": "For Be.", "planned": "500000", "currency": "XOF",
            "steps": "2099-01-05 Ordered\nBuilt", "language": "en",
        },
    },
    {
        "name": "answers:result_edit", "role": "steward", "words": ("title", "summary", "body", "why"),
        "fields": lambda house: {"title": "The new boat", "why": "It has a name."},
    },
    {
        "name": "answers:step_new", "role": "steward", "words": ("title",),
        "fields": lambda house: {"title": "The first trip", "due": "2099-01-05", "language": "en"},
    },
    {
        "name": "answers:step", "role": "steward", "words": ("delay",),
        "fields": lambda house: {"state": "under_way", "delay": "The wood came late.", "language": "en"},
    },
    {
        "name": "answers:spend", "role": "steward", "words": ("what",),
        "fields": lambda house: {"on": "2026-05-03", "amount": "2500", "what": "Nails", "language": "en"},
    },
    {"name": "answers:end", "role": "steward", "fields": lambda house: {"do": "finish"}},
    {
        "name": "answers:judge", "role": "member", "words": ("words",),
        "fields": lambda house: {"verdict": "partly", "words": "It has no roof."},
    },
]  # fmt: skip
