"""Who can be signed in as, in the demonstration."""

from __future__ import annotations

from typing import TypedDict

from tequio.ideas.blueprints.demo.neighbours import NEIGHBOURS
from tequio.people.demo import PEOPLE
from tequio.territories.selectors import named


class SignIn(TypedDict):
    """`sign_in` is the address to type on the sign-in page; the code then lies in the demonstration's mailbox."""

    name: str
    role: str
    place: str
    language: str
    sign_in: str


def sign_ins() -> list[SignIn]:
    """The invented people, those with a role first in each place; then those of the whole processes."""
    everybody = (*PEOPLE, *NEIGHBOURS)
    places = named({invented.home for invented in everybody})
    return [
        {
            "name": invented.name,
            "role": invented.role or "citizen",
            "place": str(places[invented.home].title),
            "language": invented.language,
            "sign_in": invented.address,
        }
        for invented in everybody
    ]
