"""A comment of a guest in Lomé that somebody will report, and the moderators of the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from people import words
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.writing import write_comment
from tequio.ideas.deliberation.models import Conversation
from tequio.moderation.models import Decision, Report
from tequio.moderation.permissions import find_thing
from tequio.moderation.services.deciding import decide
from tequio.moderation.services.reporting import send_report
from tequio.moderation.types import Thing
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

INSULT = "Kossi is a thief and so is his brother."
Sends = Callable[..., Report]
Decides = Callable[..., Decision]


@pytest.fixture
def item(conversation: Conversation, alice: Person) -> Item:
    set_discussion(conversation.item, comments="one", by=alice)
    return Item.objects.select_related("territory").get(pk=conversation.pk)


@pytest.fixture
def writer(make_member: Callable[..., Person]) -> Person:
    return make_member("Wim")


@pytest.fixture
def comment(item: Item, writer: Person) -> Comment:
    return write_comment(item, INSULT, language="en", by=writer)


@pytest.fixture
def thing(comment: Comment) -> Thing:
    found = find_thing(None, "comment", comment.pk)
    assert found is not None
    return found


@pytest.fixture
def organisation(lome: Territory, make_member: Callable[..., Person]) -> Organisation:
    portrait = Portrait(
        name=words("Masts of the coast"), kind="cooperative", territory=lome, description=words("We lend.")
    )
    return make_organisation(portrait, by=make_member("Orla"))


@pytest.fixture
def report_it(thing: Thing) -> Sends:
    """Report the comment; a visitor does it unless `by` says otherwise."""

    def send(about: Thing | None = None, *, by: Person | None = None, **more: object) -> Report:
        values: dict[str, object] = {"rule": "attack", "language": "en", "sender": "10.0.0.0", **more}
        return send_report(about or thing, by=by, **values)  # type: ignore[arg-type]

    return send


@pytest.fixture
def decide_it(thing: Thing, mora: Person) -> Decides:
    """Decide on the comment; the moderator of Lomé hides it unless told otherwise."""

    def run(about: Thing | None = None, *, by: Person | None = None, **more: object) -> Decision:
        values: dict[str, object] = {
            "measure": "hide", "rule": "attack", "facts": "It calls a named man a thief.", "language": "en", "seen": 0,
            **more,
        }  # fmt: skip
        return decide(about or thing, by=by or mora, **values)  # type: ignore[arg-type]

    return run


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Other tests leave the language of their last page behind."""
    with translation.override("en"):
        yield
