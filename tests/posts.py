"""One valid form for each URL that takes a POST: who sends it, and what she fills in.

Many tests go through this list: double submits, forged tokens, twins, hostile words. A new URL that
takes a POST needs its line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from addresses import path_of
from forms import key_of, open_browser
from house import House

Fields = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """`fields` for a house; `words`: those that hold a person's free text; `ids`: those that name a thing."""

    name: str
    role: str
    fields: Callable[[House], Fields] = field(default=lambda house: {})
    words: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    prepare: Callable[[House, Client], None] | None = None
    has_effect: bool = True  # on rows other than the session
    ways: str = ""  # what is special, where a URL has several forms

    def __str__(self) -> str:
        return f"{self.name}{' ' + self.ways if self.ways else ''} by {self.role}"

    def browser(self, house: House, **options: Any) -> Client:
        client = open_browser(house.person(self.role), **options)
        if self.prepare:
            self.prepare(house, client)
        return client

    def path(self, house: House, language: str = "en") -> str:
        return path_of(self.name, house, language)

    def with_key(self, client: Client, house: House) -> Fields:
        """The filled-in form with the key and token of the page it stands on."""
        page = client.get(self.path(house))
        assert page.status_code == 200, f"{self}: its page answers {page.status_code}"
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
        return {**self.fields(house), "form_key": key_of(page), "csrfmiddlewaretoken": token}


POSTS = [
    Post(
        "deliberation:answer", "visitor",
        lambda house: {"statement": house.statement.pk, "vote": "agree"}, ids=("statement",),
    ),
    Post(
        "deliberation:answer", "member",
        lambda house: {"statement": house.others[0].pk, "vote": "disagree", "important": "1"},
        ids=("statement",),
    ),
    Post(
        "deliberation:write", "visitor",
        lambda house: {"text": "Old telephones should be mended, not thrown away.", "language": "en"},
        words=("text",),
    ),
    Post(
        "deliberation:change", "guest",
        lambda house: {"statement": house.statement.pk, "vote": "pass"}, ids=("statement",),
    ),
]  # fmt: skip
