"""The valid forms of keys for programs, for the list in `posts`."""

from __future__ import annotations

from typing import Any

from django.test import Client

from house import House
from keys import key_for
from tequio.opendata.models import ProgramKey


def _give_key(house: House, client: Client) -> None:
    key_for(house.person("member"))


def _newest(house: House) -> dict[str, Any]:
    """Hers; none at all where she has none, which is another's thing."""
    found = ProgramKey.objects.filter(person=house.person("member")).order_by("-pk").first()
    return {"do": "end", "key": found.pk if found else 1_999_999}


ROWS: list[dict[str, Any]] = [
    {
        "name": "opendata:keys",
        "role": "member",
        "fields": lambda house: {"do": "make", "name": "My map", "scopes": ["items:read"], "days": "30"},
        "words": ("name",),
    },
    {
        "name": "opendata:keys",
        "role": "member",
        "fields": _newest,
        "things": ("key",),
        "prepare": _give_key,
        "ways": "ending one",
    },
]
