"""From a statement to an idea and from an idea to a statement, with credit and a strand between them."""

from __future__ import annotations

import pytest

from house import House
from tequio.base.errors import Refused
from tequio.catalogue.models import ItemParty, Link
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.processes.models import Entry
from tequio.portal.thread.selectors import conversation_for
from tequio.portal.thread.services import carry
from tequio.portal.thread.services.ways import Written, carry_of

pytestmark = pytest.mark.django_db


def test_a_statement_becomes_a_draft_of_an_idea(house: House):
    person, item = house.people["stranger"], house.statement.item
    assert carry_of("statement", "idea").way.can(person, item)
    made = carry(
        item, to="idea", written=Written("en", "Repair within two days", "A team for it."), by=person
    )
    assert (made.kind, made.state, made.author) == ("idea", "draft", person)
    assert made.idea.what["en"]["text"] == "A team for it."
    link = Link.objects.get(target=made)
    assert (link.source_id, link.kind) == (item.pk, "grew_into")


def test_an_idea_is_put_to_the_open_conversation(house: House):
    facilitator, item = house.people["author"], house.idea.item
    assert not carry_of("idea", "statement").way.can(house.people["member"], item)
    assert conversation_for(facilitator, item) == house.conversation
    made = carry(item, to="statement", written=Written("en", "A boat for the lagoon."), by=facilitator)
    assert (made.state, made.part_of_id) == ("held", house.conversation.pk)
    assert made.title == item.title
    credit = ItemParty.objects.get(item=made, role="source")
    assert credit.person == house.people["member"]
    assert credit.accepted_at is not None
    assert Link.objects.get(source=item, target=made).kind == "grew_into"


def test_the_conversation_of_its_process_comes_first_and_none_is_said(house: House):
    facilitator, item = house.people["author"], house.idea.item
    Entry.objects.create(item=item, process=house.process)
    Entry.objects.create(item=house.conversation.item, process=house.process)
    assert conversation_for(facilitator, item) == house.conversation
    Conversation.objects.update(takes_statements=False)
    with pytest.raises(Refused, match="No conversation is open"):
        carry(item, to="statement", written=Written("en", "A boat."), by=facilitator)
