"""How each thing is carried on into each other: one line a pair. A later pillar's pairs are added here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tequio.base.errors import Refused
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, add_translation, original_text, write_original
from tequio.catalogue.enums import ItemState, LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.types import Way
from tequio.discussions.models import Comment
from tequio.ideas.deliberation.services.conversations import Plan, add_statement, open_conversation
from tequio.ideas.deliberation.services.translating import STATEMENT
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.ideas.proposals.services import Words
from tequio.ideas.proposals.services.proposing import Proposal, propose_idea
from tequio.people.models import Person

from .. import permissions
from ..selectors import conversation_for


@dataclass(frozen=True)
class Written:
    """What is typed on the way: a title in `language`, and what the new thing needs beside it."""

    language: str
    title: str
    summary: str = ""
    step: str = ""


@dataclass(frozen=True)
class Carry:
    """A way, and how it is walked: `make(thing, written, by)` returns the new item.

    `link` is the kind of strand between them; `asks` are the fields of `Written` that are typed; `begins` is
    what stands in the title's field. `authors(thing)`: (whose thought it is, whether her name stands there).
    """

    way: Way
    make: Callable[[Any, Written, Person], Item]
    link: LinkKind
    asks: tuple[str, ...]
    title: Any
    longest: int
    authors: Callable[[Any], Iterable[tuple[Person, bool]]]
    begins: Callable[[Any], Field]
    anchor: Callable[[Any], str] = lambda thing: ""
    hint: Any = ""


def _conversation(item: Item, written: Written, by: Person) -> Item:
    """A draft with the statement as its first one; the organiser finishes and publishes it."""
    place = item.territory
    plan = Plan(
        question=_said(written.title, written.language, by), background={}, zone=place.zone,
        languages=list(dict.fromkeys([written.language, *(tag for tag in place.languages if tag in INTERFACE)])),
    )  # fmt: skip
    return open_conversation(plan, territory=place, seeds=[item.title], is_draft=True, by=by).item


def _process_of_conversation(item: Item, written: Written, by: Person) -> Item:
    talking = PhasePlan(_step_of_talking(), item.opens_at, item.closes_at, part=item)
    return _process(item, written, [talking], by)


def _process_of_statement(item: Item, written: Written, by: Person) -> Item:
    return _process(item, written, [], by)


def _process(item: Item, written: Written, before: list[PhasePlan], by: Person) -> Item:
    step = PhasePlan(_said(written.step, written.language, by))
    process = open_process(
        title=_said(written.title, written.language, by), summary=_said(written.summary, written.language, by),
        background={}, territory=item.territory, phases=[*before, step], languages=[written.language], by=by,
    )  # fmt: skip
    return process.item


def _statement(comment: Comment, written: Written, by: Person) -> Item:
    """Held for whoever moderates there. Unchanged words keep their translations."""
    is_same = written.title == original_text(comment.words)
    words = comment.words if is_same else write_original(written.title, written.language, by=by.shown_name)
    statement = add_statement(comment.item.conversation, words, author=None, state=ItemState.HELD, by=by)
    return statement.item


def _idea(item: Item, written: Written, by: Person) -> Item:
    """A draft in the words of the statement; whoever carries it on finishes and sends it."""
    words = Words(
        title=_said(written.title, written.language, by), what=_said(written.summary, written.language, by)
    )
    return propose_idea(Proposal(words), territory=item.territory, is_draft=True, by=by).item


def _statement_of_idea(item: Item, written: Written, by: Person) -> Item:
    """Held for whoever moderates there, in the open conversation of its process, else in the newest of its place."""
    conversation = conversation_for(by, item)
    if conversation is None:
        raise Refused(_now("No conversation is open here in which it could be said."), code="closed")
    is_same = written.title == original_text(item.title)
    words = item.title if is_same else _said(written.title, written.language, by)
    return add_statement(conversation, words, author=None, state=ItemState.HELD, by=by).item


def _who_proposed(item: Item) -> Iterable[tuple[Person, bool]]:
    """Ideas stand with the names of their authors."""
    return [(item.author, True)] if item.author is not None else []


def _said(text: str, language: str, by: Person) -> Field:
    return write_original(text, language, by=by.shown_name) if text else {}


def _step_of_talking() -> Field:
    """The platform's own words, so all languages are as good."""
    said = {}
    for tag in INTERFACE:
        with translation.override(tag):
            said[tag] = pgettext("step of a process", "Conversation")
    field = write_original(said["en"], "en")
    for tag in ("es", "fr"):
        field = add_translation(field, tag, said[tag])
    return field


def _who_said(item: Item) -> Iterable[tuple[Person, bool]]:
    """Statements stand without names; so does their author here, until she says otherwise."""
    return [(person, False) for person in STATEMENT.authors_of(item.statement)]


def _who_opened(item: Item) -> Iterable[tuple[Person, bool]]:
    return [(item.author, False)] if item.author is not None else []


def _who_commented(comment: Comment) -> Iterable[tuple[Person, bool]]:
    """Whoever signed with her own name is named; another name is not hers to be shown."""
    author = comment.author
    return [(author, bool(comment.signed) and comment.signed == author.name)] if author is not None else []


CARRIES = (
    Carry(
        Way("statement", "conversation", _("Ask everybody about this"),
            _("A new conversation begins with this statement. It stays a draft until you publish it."),
            permissions.can_ask_everybody),
        _conversation, LinkKind.DISCUSSES, ("title",), _("Question"), 200, _who_said, lambda item: {},
        hint=_("One question that people can answer from their own life."),
    ),
    Carry(
        Way("statement", "process", _("Make a plan of it"),
            _("A process shows step by step what becomes of what was taken up."),
            permissions.can_plan_what_was_taken_up),
        _process_of_statement, LinkKind.GREW_INTO, ("title", "summary", "step"), _("Name of the process"), 200,
        _who_said, lambda item: item.title,
    ),
    Carry(
        Way("conversation", "process", _("Make a plan of it"),
            _("A process begins with this conversation and shows the steps that follow."),
            permissions.can_plan),
        _process_of_conversation, LinkKind.GREW_INTO, ("title", "summary", "step"), _("Name of the process"), 200,
        _who_opened, lambda item: {},
    ),
    Carry(
        Way("statement", "idea", _("Propose it as an idea"),
            _("An idea begins with this statement. It stays a draft until you send it."),
            permissions.can_propose_as_idea),
        _idea, LinkKind.GREW_INTO, ("title", "summary"), _("Your idea in one line"), 200, _who_said,
        lambda item: item.title,
    ),
    Carry(
        Way("idea", "statement", _("Put it to the open conversation"),
            _("Everybody can agree or disagree with it there. A moderator reads it first."),
            permissions.can_put_as_statement),
        _statement_of_idea, LinkKind.GREW_INTO, ("title",), _("Statement"), 280, _who_proposed,
        lambda item: item.title,
        hint=_("One thought, at most 280 characters. Keep the words of whoever wrote it where you can."),
    ),
    Carry(
        Way("comment", "statement", _("Send it as a statement"),
            _("Everybody can answer it then. The organiser reads it first."),
            permissions.can_send_as_statement),
        _statement, LinkKind.GREW_INTO, ("title",), _("Statement"), 280, _who_commented,
        lambda comment: comment.words, anchor=lambda comment: f"comment-{comment.pk}",
        hint=_("One thought, at most 280 characters. Keep the words of whoever wrote it where you can."),
    ),
)  # fmt: skip


def carry_of(source: str, to: str) -> Carry | None:
    return next((one for one in CARRIES if (one.way.source, one.way.to) == (source, to)), None)
