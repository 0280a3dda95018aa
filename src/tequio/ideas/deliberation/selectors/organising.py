"""What organisers need: where they may open a conversation, and which version they look at."""

from __future__ import annotations

import hashlib
import json

from tequio.base.text import fold
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath

from ..models import Conversation


def places_to_open(person: Person | None) -> list[Territory]:
    """Where she may open a conversation, by name in her language."""
    places = person.role_places(RoleName.FACILITATOR) if person and person.is_member else []
    if not places:
        return []
    below = TerritoryPath.objects.filter(above__in=places).values("below")
    return sorted(Territory.objects.filter(pk__in=below), key=lambda place: fold(str(place.title)))


def main_place(person: Person | None) -> int | None:
    """The id of the place her role is for, the one a form begins with."""
    places = person.role_places(RoleName.FACILITATOR) if person and person.is_member else []
    return places[0] if places else None


def version_of(conversation: Conversation) -> str:
    """A digest of all an organiser can change in its form."""
    item = conversation.item
    values = [
        item.title, item.summary, item.languages, item.opens_at, item.closes_at, conversation.background,
        conversation.zone, conversation.who_may, conversation.moderation, conversation.takes_statements,
        conversation.answer_due, conversation.answers_for_it,
    ]  # fmt: skip
    return _digest(values)


def _digest(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]
