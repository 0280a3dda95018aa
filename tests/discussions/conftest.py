"""A conversation of Lomé that is talked about, in one column or two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.discussions.services.opening import set_discussion
from tequio.discussions.services.writing import write_comment
from tequio.ideas.deliberation.models import Conversation
from tequio.people.models import Person

Say = Callable[..., Comment]


@pytest.fixture
def item(conversation: Conversation, alice: Person) -> Item:
    """Talked about in one column."""
    set_discussion(conversation.item, comments="one", by=alice)
    return conversation.item


@pytest.fixture
def plan(item: Item, alice: Person) -> Item:
    """Talked about for and against."""
    set_discussion(item, comments="two", by=alice)
    return item


@pytest.fixture
def say(member: Person) -> Say:
    """Write a comment; the member does it unless `by` says otherwise."""

    def write(item: Item, text: str = "It is far.", *, by: Person | None = None, **more: object) -> Comment:
        values: dict[str, object] = {"language": "en", **more}
        return write_comment(item, text, by=by or member, **values)  # type: ignore[arg-type]

    return write
