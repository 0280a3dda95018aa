"""Keys for programs, as tests need them."""

from __future__ import annotations

from tequio.opendata.enums import Scope
from tequio.opendata.services.keys import make_key
from tequio.people.models import Person


def key_for(person: Person | None, *scopes: str) -> str:
    """A secret that opens `scopes`, or all there are."""
    assert person is not None
    return make_key("Test", list(scopes) or list(Scope.values), 30, by=person)[1]
