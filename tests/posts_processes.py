"""The valid forms of processes, for the list in `posts`."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tequio.people.models import Person
from tequio.people.services.residence import show_code

WORDS = ("title", "summary", "background", "step_0_title", "title_es", "summary_fr", "background_fr")


def _process(house: Any) -> dict[str, Any]:
    return {
        "title": "What becomes of the old mill?", "summary": "It stands empty. Say what it should be.",
        "territory": house.place.pk, "step_0_title": "Ideas for the mill",
    }  # fmt: skip


def _show_code(house: Any, client: Client) -> None:
    stranger: Person = house.people["stranger"]
    house.notes["process_code"] = show_code(stranger).code


ROWS: list[dict[str, Any]] = [
    {
        "name": "blueprints:begin", "role": "author", "words": WORDS, "things": ("territory",),
        "fields": lambda house: {**_process(house), "do": "publish"},
    },
    {
        "name": "blueprints:begin", "role": "member", "words": WORDS, "things": ("territory",),
        "fields": lambda house: {**_process(house), "do": "propose"}, "ways": "with others",
    },
    {
        "name": "processes:edit", "role": "author", "words": ("title", "summary", "background", "step_0_title"),
        "fields": lambda house: {"title": "Internet for every street", "do": "save"},
    },
    {
        "name": "processes:state", "role": "author", "page": "?do=close", "words": ("reason",),
        "fields": lambda house: {"do": "close", "reason": "The money came sooner."},
    },
    {
        "name": "processes:state", "role": "author", "page": "?do=withdraw", "ways": "withdraw",
        "fields": lambda house: {"do": "withdraw"},
    },
    {
        "name": "processes:team", "role": "author", "prepare": _show_code,
        "fields": lambda house: {"code-code": house.notes.get("process_code", ""), "do": "code"},
    },
    {
        "name": "processes:team", "role": "author", "ways": "by letter",
        "fields": lambda house: {"letter-email": f"ama.{house.tag}@example.org", "do": "letter"},
    },
    {"name": "processes:join", "role": "member", "fields": lambda house: {"do": "accept"}},
    {"name": "processes:answer", "role": "colleague", "fields": lambda house: {"do": "accept"}},
    {
        "name": "processes:sign", "role": "colleague", "fields": lambda house: {"do": "sign"},
        "prepare": lambda house, client: Person.objects.filter(pk=house.people["colleague"].pk).update(
            home=house.place
        ),
    },
    {
        "name": "processes:change_rules", "role": "steward",
        "fields": lambda house: {"openers": "12", "petition_supports": "300", "petition_days": "60"},
    },
]  # fmt: skip
