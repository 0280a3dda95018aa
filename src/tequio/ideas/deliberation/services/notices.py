"""What conversations tell: to those who follow them, and to whoever wrote a statement."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from tequio.base.actor import Actor
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, add_translation, original_language, read, write_original
from tequio.catalogue.models import Item
from tequio.notifications.enums import Event
from tequio.notifications.services import announce, tell, withdraw_notices
from tequio.people.models import Person

from ..enums import DeclineReason
from ..models import Conversation, Statement, StatementAnswer


def tell_of_opening(item: Item, *, by: Actor) -> None:
    """Once, at the moment it opens; a conversation that opened long ago (an import, say) is no news."""
    if not item.is_over:
        announce(Event.OPENED, item=item, words=item.summary, due_at=item.opens_at, by=by)


def tell_of_results(conversation: Conversation, *, by: Actor) -> None:
    """The first map that shows groups; said again with each later one, and told once."""
    path = reverse("deliberation:results", args=[conversation.pk])
    announce(Event.RESULTS, item=conversation.item, path=path, by=by)


def tell_author(statement: Statement, event: str, *, reason: str = "", note: str = "", by: Person) -> None:
    """A moderator decided on it: what was told of the decision before is taken back."""
    source = f"deliberation.statement:{statement.pk}"
    withdraw_notices(source, by=by)
    author = statement.author.person if statement.author else None
    if author is not None:
        tell(
            author, event, source=source, item=statement.item, words=_with_reason(statement, reason, note), by=by,
            path=reverse("deliberation:mine", args=[statement.conversation_id]),
        )  # fmt: skip


def _with_reason(statement: Statement, reason: str, note: str) -> Field:
    """The statement, and where it is declined why, in every language of the interface."""
    title = statement.item.title
    if not reason:
        return title
    origin = original_language(title)
    field = write_original(_said(title, origin, reason, note), origin)
    for language in INTERFACE:
        if language != origin:
            field = add_translation(field, language, _said(title, language, reason, note))
    return field


def _said(title: Field, language: str, reason: str, note: str) -> str:
    with translation.override(language if language in INTERFACE else "en"):
        said = str(DeclineReason(reason).label)
    lines = [f"“{read(title, language).text}”", said, note]
    return "\n".join(line for line in lines if line)


def source_of_answer(statement: Statement) -> str:
    return f"deliberation.answer:{statement.pk}"


def tell_of_answer(statement: Statement, answer: StatementAnswer, *, by: Person) -> None:
    """The organiser says what becomes of a statement; said anew in other words, it is told once only."""
    announce(
        Event.ANSWERED,
        source=source_of_answer(statement),
        item=statement.item,
        words=answer.text,
        author=by,
        by=by,
    )
