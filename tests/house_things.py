"""Single things of a house: an idea, comments, an import that waits, a copy, somebody who leaves, a gap."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from people import words
from tequio.discussions.models import Comment
from tequio.discussions.services.marking import mark_useful
from tequio.discussions.services.tallying import tally
from tequio.discussions.services.writing import edit_comment, write_comment
from tequio.files.services import store_made
from tequio.ideas.deliberation.models import Conversation, ConversationImport
from tequio.ideas.proposals.models import Idea
from tequio.ideas.proposals.services import Words, write_idea
from tequio.people.models import Person
from tequio.people.services import become_member, begin_guest
from tequio.portal.me.models import DataCopy, Erasure
from tequio.portal.search.models import Gap
from tequio.portal.search.services import note_missing
from tequio.territories.models import Territory

QUESTION = "How should our neighbourhoods get online?"


def put_idea(place: Territory, title: str, *, by: Person, is_draft: bool = False) -> Idea:
    said = Words(
        title=words(title), summary=words("In short."), what=words("A boat."), why=words("The way is long."),
        for_whom=words("Whoever sells."), cost=Decimal(900_000), currency="XOF",
    )  # fmt: skip
    return write_idea(said, territory=place, languages=["en"], is_draft=is_draft, by=by)


def bring(conversation: Conversation, by: Person) -> ConversationImport:
    return ConversationImport.objects.create(
        territory=conversation.item.territory, by=by, state="waiting", question=QUESTION,
        trouble={"same_as": conversation.pk},
    )  # fmt: skip


def packed_copy(person: Person) -> DataCopy:
    """What she took along last week, without the worker."""
    stored = store_made("tequio-my-data.zip", "application/zip", BytesIO(b"PK\x05\x06" + bytes(18)))
    return DataCopy.objects.create(person=person, state="done", file=stored, done=3, total=3)


def leaving(tag: str) -> Erasure:
    """Somebody who closed her account yesterday."""
    person = become_member(begin_guest(language="en"), email=f"leaving.{tag}@example.org", name="Lenka")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    return Erasure.objects.create(person=person, state="waiting", due_at=timezone.now() + timedelta(days=6))


def look_in_vain(place: Territory) -> int:
    """Three networks look for the same in one week; other networks for each house, for one may add few an hour."""
    for number in range(3):
        network = f"10.{place.pk % 65_536 // 256}.{place.pk % 256}.{number}"
        note_missing("kindergarten", territory=place, language="en", network=network)
    return Gap.objects.get(territory=place).pk


def talk_about(conversation: Conversation, guest: Person, member: Person) -> tuple[Comment, Comment]:
    """A guest speaks for it and mends a word, a member answers her and found it useful."""
    item = conversation.item
    # Each house in words of its own: what somebody else said the same day is a copy, and waits.
    street = f"My street in {item.territory.title}"
    comment = write_comment(item, f"{street} has no line at al.", language="en", side="for", by=guest)
    comment = edit_comment(comment, f"{street} has no line at all.", by=guest)
    answer = write_comment(
        item, "Nor has ours.", language="en", reply_to=comment, name=member.name, by=member
    )
    mark_useful(comment, by=member)
    tally(item.pk)
    return comment, answer
