from __future__ import annotations

from collections.abc import Callable

import pytest

from jobs import queue
from tequio.ideas.deliberation.models import Conversation
from tequio.notifications.models import Announcement
from tequio.notifications.services import telling
from tequio.notifications.services.choosing import Choice, choose_letters
from tequio.people.models import Person

__all__ = ["queue"]


@pytest.fixture
def wants_letters() -> Callable[..., None]:
    """Let somebody choose letters and agree to them."""

    def choose(person: Person, rhythm: str = "daily", **values: object) -> None:
        choice = Choice(rhythm=rhythm, switches=values.pop("switches", {}), **values)
        choose_letters(person, choice, agrees=True, by=person)

    return choose


@pytest.fixture
def talk(conversation: Conversation) -> Conversation:
    """A conversation whose opening was told before anybody of the test followed anything."""
    for pk in Announcement.objects.order_by("pk").values_list("pk", flat=True):
        telling.tell_followers(pk)
    return conversation
