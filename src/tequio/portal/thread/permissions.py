"""Who may carry what into what. Pages ask with what they have at hand."""

from __future__ import annotations

from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.ideas.deliberation import permissions as deliberation
from tequio.ideas.deliberation.enums import Uptake
from tequio.ideas.processes import permissions as processes
from tequio.ideas.proposals import permissions as proposals
from tequio.people.models import Person

GOES_ON = (Uptake.TAKEN_UP, Uptake.IN_PART, Uptake.UNDER_WAY)


def can_ask_everybody(person: Person, item: Item) -> bool:
    """A shown statement, by who opens conversations in its place."""
    whole = item.part_of
    return (
        item.is_shown and (whole is None or whole.is_shown) and deliberation.can_open(person, item.territory)
    )


def can_plan(person: Person, item: Item) -> bool:
    """A shown conversation, by who opens processes in its place."""
    return item.is_shown and processes.can_open(person, item.territory)


def can_plan_what_was_taken_up(person: Person, item: Item) -> bool:
    """A shown statement that its organiser takes up, as far as that is said."""
    if not can_plan(person, item):
        return False
    answer = getattr(item.statement, "answer", None)
    return answer is not None and answer.uptake in GOES_ON


def can_send_as_statement(person: Person, comment: Comment) -> bool:
    """Under a conversation that takes statements: whoever wrote the comment, and who moderates there."""
    item = comment.item
    if item.kind != "conversation" or not comment.is_shown or comment.is_erased:
        return False
    if comment.author_id == person.pk:
        return deliberation.can_write(person, item.conversation)
    conversation = item.conversation
    return (
        deliberation.can_moderate(person, conversation)
        and conversation.takes_statements
        and conversation.takes_answers
    )


def can_propose_as_idea(person: Person, item: Item) -> bool:
    """A shown statement, by whoever may propose ideas in its place; what she makes of it is hers to finish."""
    whole = item.part_of
    is_shown = item.is_shown and (whole is None or whole.is_shown)
    return is_shown and proposals.can_propose(person, item.territory)


def can_put_as_statement(person: Person, item: Item) -> bool:
    """A shown idea, by who opens conversations in its place: others may write statements of their own there."""
    return item.is_shown and deliberation.can_open(person, item.territory)
