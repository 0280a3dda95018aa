"""Proposing an idea: as a draft for oneself, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.algorithms.risk import Filling
from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import original_language
from tequio.catalogue.enums import Comments, ItemState, LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, link_items, make_item
from tequio.catalogue.services.scales import is_new
from tequio.catalogue.services.screening import Said, said_in, screen
from tequio.consent.enums import Purpose
from tequio.consent.services import give
from tequio.discussions.services.writing import still_there
from tequio.guards.services import page_changed, spend
from tequio.ideas.answers.services import owe_answer
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.entering import comments_today, enter_new
from tequio.notifications.enums import Event
from tequio.notifications.services import announce, follow_made
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Idea, Problem
from ..permissions import KIND, can_propose, can_send, process_of
from ..selectors.thresholds import promised_moment
from ..types import Whereabouts
from . import Words, columns_of
from .illustrating import Shown, said_in_pictures, show_pictures

IDEAS_ON_THE_FIRST_DAY, IDEAS_A_DAY, DRAFTS_A_DAY = 3, 20, 40
DAY = 86_400
NOWHERE = Whereabouts()


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes; `problems` are those it answers."""

    words: Words
    where: Whereabouts = NOWHERE
    pictures: Sequence[Shown] = ()
    problems: Sequence[Problem] = ()


@transaction.atomic
def propose_idea(
    proposal: Proposal,
    *,
    territory: Territory,
    process: Process | None = None,
    is_draft: bool = False,
    filling: Filling | None = None,
    by: Person,
) -> Idea:
    """An idea of one's own, sent at once or kept as a draft that nobody else sees.

    A sent one waits for a moderator where something about it looks risky. Sending it agrees to the words beside
    the button. `filling` is how the form came in.
    """
    if not can_propose(by, territory, process):
        raise Refused(_("No ideas can be proposed here now."), code="closed")
    still_there(by)
    if is_draft:
        spend("idea-draft", who=by.audit_id, limit=DRAFTS_A_DAY, seconds=DAY)
    idea = _make(proposal, territory, process, by)
    for problem in proposal.problems:
        link_items(idea.item, problem.item, LinkKind.ANSWERS, by=by)
    show_pictures(idea.item, proposal.pictures, by=by)
    audit.record("idea.propose", idea, by=by, process=process.pk if process else None)
    return idea if is_draft else _send(idea, process, filling, by)


def _make(proposal: Proposal, territory: Territory, process: Process | None, by: Person) -> Idea:
    words, where = proposal.words, proposal.where
    item = make_item(
        kind=KIND, by=by, title=words.title, summary=words.summary, territory=territory, state=ItemState.DRAFT,
        languages=[original_language(words.title)], **where.columns,
        comments=comments_today(process, KIND, Comments.FOR_AND_AGAINST),
    )  # fmt: skip
    idea = Idea.objects.create(item=item, **columns_of(words))
    describe(item, *words.bodies)
    if process is not None:
        enter_new(item, process)
    follow_made(item, by=by)
    return idea


@transaction.atomic
def send_draft(idea: Idea, *, filling: Filling | None = None, by: Person) -> Idea:
    """Show a draft to everybody, as a new idea: the date of today, limits and look included."""
    idea = locked_idea(idea)
    if not can_send(by, idea):
        raise Refused(_("This idea cannot be sent now."), code="closed")
    still_there(by)
    return _send(idea, process_of(idea), filling, by)


def _send(idea: Idea, process: Process | None, filling: Filling | None, by: Person) -> Idea:
    limit = IDEAS_ON_THE_FIRST_DAY if is_new(by) else IDEAS_A_DAY
    spend("idea", who=by.audit_id, limit=limit, seconds=DAY)
    give(by, Purpose.IDEAS, language=current(), by=by)
    item = idea.item
    item.state, item.published_at = ItemState.PUBLISHED, timezone.now()
    item.save(update_fields=["state", "published_at"])
    has_pictures = by.is_guest and item.illustrations.exists()
    screen(item, said_by(idea), filling=filling, has_pictures=has_pictures, by=by)
    audit.record("idea.send", idea, by=by, state=item.state)
    if item.state == ItemState.PUBLISHED:
        now_shown(item, process, by=by)
    return idea


def said_by(idea: Idea, *, why: str = "") -> Said:
    """All it says: a draft may have translations before it is sent. `why` stands beside a change of it."""
    item = idea.item
    fields = (item.title, item.summary, idea.what, idea.why, idea.for_whom)
    return said_in(*fields, *said_in_pictures(item), beside=(item.place_name, why))


def idea_shown(item: Item, by: Actor) -> None:
    """A moderator let it through: as if it had been shown when it was sent."""
    idea = Idea.objects.select_related("item__territory", "item__entry__process__item").get(pk=item.pk)
    now_shown(idea.item, process_of(idea), by=by)


def now_shown(item: Item, process: Process | None, *, by: Actor) -> None:
    """It is before everybody: its followers hear of it, and where the process promised an answer its clock runs."""
    announce(Event.OPENED, item=item, words=item.title, by=by)
    due_at = promised_moment(process) if process is not None else None
    if due_at is not None and due_at > timezone.now():
        owe_answer(item, due_at=due_at, because="process", process=process, by=by)
    page_changed()


def locked_idea(idea: Idea) -> Idea:
    """The row as it is now, locked with its item, and with all that permissions ask for."""
    rows = Idea.objects.select_for_update(of=("self", "item"))
    return rows.select_related("item__territory", "item__author").get(pk=idea.pk)
