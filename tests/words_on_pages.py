"""What stands on a page of a discussion."""

from __future__ import annotations

from forms import open_browser
from markup import read_page
from tequio.guards.middleware import STORE
from tequio.people.models import Person


def body(path: str, person: Person | None = None, **query: str) -> str:
    STORE.clear()  # what was kept changes with a job only
    page = open_browser(person).get(path, query)
    assert page.status_code == 200, page.status_code
    return page.content.decode()


def said(source: str) -> list[str]:
    """The words of the comments on a page, in their order."""
    root, mistakes = read_page(source)
    assert mistakes == []
    return [
        one.text() for one in root.all("div") if one.attributes.get("class") == "prose" and one.inside("li")
    ]
