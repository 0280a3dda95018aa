"""The valid forms of ideas, for the list in `posts`."""

from __future__ import annotations

from typing import Any

from django.test import Client

from house import House
from people import words
from tequio.ideas.proposals.services import Words, write_idea
from tequio.ideas.proposals.services.merging import merge_idea
from tequio.people.models import Person


def _person(house: House, role: str) -> Person:
    person = house.person(role)
    assert person is not None
    return person


def _join(house: House, client: Client) -> None:
    said = Words(title=words("A second boat."))
    other = write_idea(said, territory=house.place, languages=["en"], by=_person(house, "colleague"))
    merge_idea(house.idea, other, by=_person(house, "moderator"))


def _new(house: House) -> dict[str, Any]:
    return {
        "title": "Shade trees along the market road", "what": "Plant forty mango trees.", "why": "It is hot.",
        "for_whom": "Whoever sells there.", "language": "en", "cost": "900", "currency": "XOF",
        "place_name": "Market road", "do": "send",
    }  # fmt: skip


ROWS: list[dict[str, Any]] = [
    {
        "name": "proposals:idea_new", "role": "visitor", "fields": _new,
        "words": ("title", "what", "why", "for_whom", "place_name", "cost", "currency"),
        "page": lambda house: f"?place={house.place.code}",
    },
    {
        "name": "proposals:idea_new", "role": "member", "ways": "a draft",
        "fields": lambda house: {**_new(house), "do": "draft"}, "words": ("title", "what"),
        "page": lambda house: f"?place={house.place.code}",
    },
    {
        "name": "proposals:edit", "role": "member",
        "fields": lambda house: {
            "title": f"Two boats of {house.tag}", "what": f"{house.tag} has two.", "reason": "One is not enough.", "do": "save",
        },
        "words": ("title", "what", "why", "for_whom", "place_name", "reason"),
    },
    {"name": "proposals:send", "role": "author"},
    {"name": "proposals:withdraw", "role": "member"},
    {"name": "proposals:support", "role": "visitor", "fields": lambda house: {"do": "support", "follow": "1"}},
    {"name": "proposals:support", "role": "stranger", "fields": lambda house: {"do": "support"}, "ways": "a member"},
    {"name": "proposals:merge", "role": "moderator", "fields": lambda house: {"into": house.notes["pier"]}, "things": ("into",)},
    {"name": "proposals:merge", "role": "moderator", "prepare": _join, "ways": "undoing it"},
    {
        "name": "proposals:split", "role": "moderator", "words": ("title", "what"),
        "fields": lambda house: {"title": f"Only the pier of {house.tag}", "what": f"{house.tag} has one.", "language": "en"},
    },
    {
        "name": "proposals:co_authors", "role": "member", "words": ("whom",),
        "fields": lambda house: {"whom": f"stranger.{house.tag}@example.org"},
    },
    {"name": "proposals:authorship", "role": "colleague", "fields": lambda house: {"do": "accept"}},
]  # fmt: skip
