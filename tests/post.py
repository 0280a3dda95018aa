"""A valid form of a URL that takes a POST: who sends it, and what she fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from addresses import path_of
from forms import open_browser
from house import House
from markup import Element, read_page

Fields = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """`fields`: what is typed and pressed; the rest is taken from the page, as a browser does.

    `words`: the fields that hold a person's free text; `things`: those that name a thing of the house.
    """

    name: str
    role: str
    fields: Callable[[House], Fields] = lambda house: {}
    words: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    prepare: Callable[[House, Client], None] | None = None
    page: str | Callable[[House], str] = ""  # the query of the page on which the form stands
    has_effect: bool = True  # on rows other than the session
    from_page: Callable[[House, Any], Fields] = lambda house, page: {}  # what a script fills in
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
        query = self.page(house) if callable(self.page) else self.page
        page = client.get(self.path(house) + query)
        assert page.status_code == 200, f"{self}: its page answers {page.status_code}"
        typed = {**self.fields(house), **self.from_page(house, page)}
        return {**as_drawn(page.content.decode(), set(typed)), **typed}


def as_drawn(source: str, names: set[str]) -> Fields:
    """What the form with most of `names` would send as it stands on the page."""
    root, _mistakes = read_page(source)
    forms = [form for form in root.all("form") if form.attributes.get("method", "").lower() == "post"]
    best = max(forms, key=lambda form: len(names & {one.attributes.get("name") for one in form.all()}))
    drawn: Fields = {}
    for control in best.all("input", "textarea", "select"):
        name, value = control.attributes.get("name"), _value(control)
        if name and value is not None:
            drawn[name] = (
                [*drawn.get(name, []), value] if control.attributes.get("type") == "checkbox" else value
            )
    return drawn


def _value(control: Element) -> str | None:
    if control.tag == "textarea":
        return "".join(control.words).lstrip("\n")
    if control.tag == "select":
        options = control.all("option")
        chosen = [one for one in options if "selected" in one.attributes] or options[:1]
        return chosen[0].attributes.get("value", chosen[0].text()) if chosen else None
    kind = control.attributes.get("type", "text")
    if kind in ("submit", "button", "file"):
        return None
    if kind in ("checkbox", "radio") and "checked" not in control.attributes:
        return None
    return control.attributes.get("value", "on" if kind == "checkbox" else "")
