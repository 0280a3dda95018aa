"""What an act in a conversation is decided by: the conversation and the statement, in one light query.

Pages read the whole rows; an answer or a statement that is sent leads to no page of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from tequio.base.columns import Columns
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see
from tequio.ideas.processes.models import Entry, Process
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Conversation, Statement

RULED_BY = (
    "id", "kind", "state", "hidden_by", "audience", "author_id", "organisation_id", "part_of_id", "territory_id",
    "opens_at", "closes_at",
)  # fmt: skip
CONVERSATION = Columns(Conversation, "conversation", "item_id", "who_may", "moderation", "takes_statements")
ITEM = Columns(Item, "item", *RULED_BY, "languages")
PLACE = Columns(Territory, "place", "id", "code", "languages")
WHOLE = Columns(Item, "whole", *RULED_BY)
STATEMENT = Columns(Statement, "statement", "item_id", "conversation_id", "number", "merged_into_id")
ENTRY = Columns(Entry, "entry", "item_id", "process_id")
PROCESS = Columns(Process, "process", "item_id", "methods", "least_age", "most_age")
WORDS = Columns(Item, "words", *RULED_BY)
ROW = f"""
SELECT {CONVERSATION.sql}, {ITEM.sql}, {PLACE.sql}, {WHOLE.sql}, {STATEMENT.sql}, {WORDS.sql},
    {ENTRY.sql}, {PROCESS.sql}
FROM deliberation_conversation conversation
JOIN catalogue_item item ON item.id = conversation.item_id
JOIN territories_territory place ON place.id = item.territory_id
LEFT JOIN catalogue_item whole ON whole.id = item.part_of_id
LEFT JOIN processes_entry entry ON entry.item_id = item.id
LEFT JOIN processes_process process ON process.item_id = entry.process_id
LEFT JOIN deliberation_statement statement
    ON statement.item_id = %s AND statement.conversation_id = conversation.item_id
LEFT JOIN catalogue_item words ON words.id = statement.item_id
WHERE conversation.item_id = %s
"""  # noqa: S608


@dataclass(frozen=True)
class AtHand:
    """`statement` is None where it is not one of this conversation that people can answer now."""

    conversation: Conversation
    statement: Statement | None


def at_hand(person: Person | None, conversation: int, *, statement: int | None = None) -> AtHand | None:
    """The conversation if she may see it, and the statement of this number in the database; else None."""
    with connection.cursor() as cursor:
        cursor.execute(ROW, [statement, conversation])
        row = cursor.fetchone()
    if row is None:
        return None
    cells = iter(row)
    found, item, place = CONVERSATION.take(cells), ITEM.take(cells), PLACE.take(cells)
    whole, said, words = WHOLE.take(cells), STATEMENT.take(cells), WORDS.take(cells)
    entry, process = ENTRY.take(cells), PROCESS.take(cells)
    assert found is not None
    assert item is not None
    assert place is not None
    item.territory, item.part_of, found.item = place, whole, item
    _keep_entry(item, entry, process)
    if not can_see(person, item):
        return None
    if said is None or words is None or said.merged_into_id or not words.is_shown:
        return AtHand(found, None)
    said.item, said.conversation = words, found
    return AtHand(found, said)


def _keep_entry(item: Item, entry: Entry | None, process: Process | None) -> None:
    """That there is none is kept too, or the rule would look once more."""
    if entry is not None and process is not None:
        entry.process = process
    Item._meta.get_field("entry").set_cached_value(item, entry)
