"""Who of a house follows what, for the forms that are about it."""

from __future__ import annotations

from house import House
from tequio.ideas.deliberation.services.moderation import publish_statement
from tequio.notifications.models import Follow, Notice, Preference
from tequio.notifications.services.choosing import Choice, choose_letters
from tequio.people.models import Person


def _person(house: House, role: str) -> Person:
    person = house.person(role)
    assert person is not None
    return person


def followed_by(house: House, role: str) -> Follow:
    """The conversation she opened, which she follows by itself."""
    return Follow.objects.get(person=_person(house, role), item=house.conversation.item)


def publish_held(house: House) -> None:
    """Its author, the guest, is told."""
    publish_statement(house.held, by=_person(house, "moderator"))


def notice_of(house: House, role: str) -> Notice:
    return Notice.objects.get(person=_person(house, role))


def has_digest(house: House) -> Preference:
    """The member asked for a weekly letter."""
    member = _person(house, "member")
    return choose_letters(member, Choice(rhythm="weekly", switches={}), agrees=True, by=member)
