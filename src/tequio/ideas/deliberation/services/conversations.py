"""Opening, changing and ending conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.enums import Comments, ItemState, WhoMay
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, insert_item, make_item, new_item, publish_item, set_state
from tequio.catalogue.services.revisions import keep_revision
from tequio.discussions.permissions import rules_of
from tequio.discussions.services.opening import set_discussion
from tequio.guards.services import page_changed
from tequio.ideas.processes.models import Phase, Process
from tequio.ideas.processes.permissions import can_organise as can_organise_process
from tequio.ideas.processes.services.entering import enter_process
from tequio.notifications.services import follow_made
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import Moderation
from ..models import Conversation, Participant, Statement
from ..permissions import can_open, can_organise
from ..selectors.organising import version_of
from .maps import ask_for_map
from .notices import tell_of_opening


@dataclass(frozen=True)
class Plan:
    """What an organiser decides before a conversation begins. Dates are aware; `zone` is IANA."""

    question: Field
    background: Field
    summary: Field = field(default_factory=dict)
    languages: Sequence[str] = ()
    zone: str = "UTC"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    who_may: str = WhoMay.ANYONE
    moderation: str = Moderation.BEFORE
    takes_statements: bool = True
    answer_due: date | None = None
    answers_for_it: str = ""
    comments: str = Comments.OFF
    organisation: Organisation | None = None


@transaction.atomic
def open_conversation(
    plan: Plan,
    *,
    territory: Territory,
    seeds: Sequence[Field] = (),
    is_draft: bool = False,
    process: Process | None = None,
    phase: Phase | None = None,
    by: Actor,
) -> Conversation:
    """Make a conversation with its seed statements, as a draft or at once for everybody.

    In a `process` it is opened by whoever looks after that one, and is the part of its `phase` where one is given.
    """
    if by is not SYSTEM and not (isinstance(by, Person) and _may_open(by, territory, process)):
        raise Refused(_("Only facilitators and stewards of this place can open a conversation."))
    if plan.organisation and isinstance(by, Person) and not can_act_for(by, plan.organisation):
        raise Refused(_("Only those who act for the organisation can open something in its name."))
    item = make_item(
        kind="conversation", by=by, organisation=plan.organisation, title=plan.question, summary=plan.summary, territory=territory,
        languages=list(plan.languages), opens_at=plan.opens_at, closes_at=plan.closes_at,
        state=ItemState.DRAFT if is_draft else ItemState.PUBLISHED,
    )  # fmt: skip
    conversation = Conversation.objects.create(
        item=item, background=plan.background, zone=plan.zone, who_may=plan.who_may,
        moderation=plan.moderation, takes_statements=plan.takes_statements,
        answer_due=plan.answer_due, answers_for_it=plan.answers_for_it,
    )  # fmt: skip
    for words in seeds:
        add_statement(conversation, words, author=None, is_seed=True, state=ItemState.PUBLISHED, by=by)
    describe(item, plan.background)
    _set_comments(conversation, plan, by)
    if process is not None:
        enter_process(item, process, phase=phase, by=by)
    follow_made(item, by=by)
    if not is_draft:
        tell_of_opening(item, by=by)
    audit.record("conversation.open", conversation, by=by, draft=is_draft)
    page_changed()
    return conversation


def _may_open(person: Person, territory: Territory, process: Process | None) -> bool:
    if process is not None and process.item.territory_id == territory.pk:
        return can_organise_process(person, process)
    return process is None and can_open(person, territory)


@transaction.atomic
def change_conversation(
    conversation: Conversation, plan: Plan, *, seeds: Sequence[Field] = (), seen: str = "", by: Person
) -> Conversation:
    """Change the question, dates and rules and add `seeds`; answers given so far stay.

    `seen` is the version the organiser started from; Refused with code "changed" where it is another now.
    """
    _may_organise(conversation, by)
    conversation = (
        Conversation.objects.select_related("item__territory").select_for_update().get(pk=conversation.pk)
    )
    if seen and seen != version_of(conversation):
        raise Refused(
            _(
                "Somebody changed this conversation while you were writing. Look at it before you save over it."
            ),
            code="changed",
        )
    item = conversation.item
    changed = {
        "title": (item.title, plan.question),
        "summary": (item.summary, plan.summary),
        "body": (conversation.background, plan.background),
    }
    item.title, item.summary = plan.question, plan.summary
    item.languages = list(plan.languages)
    item.opens_at, item.closes_at = plan.opens_at, plan.closes_at
    item.save(update_fields=["title", "summary", "languages", "opens_at", "closes_at"])
    conversation.background, conversation.zone = plan.background, plan.zone
    conversation.who_may, conversation.moderation = plan.who_may, plan.moderation
    conversation.takes_statements = plan.takes_statements
    conversation.answer_due, conversation.answers_for_it = plan.answer_due, plan.answers_for_it
    conversation.save(
        update_fields=[
            "background", "zone", "who_may", "moderation", "takes_statements", "answer_due", "answers_for_it",
        ]
    )  # fmt: skip
    for words in seeds:
        add_statement(conversation, words, author=None, is_seed=True, state=ItemState.PUBLISHED, by=by)
    describe(item, plan.background)
    keep_revision(item, changed, by=by)
    _set_comments(conversation, plan, by)
    audit.record("conversation.change", conversation, by=by, seeds=len(seeds))
    page_changed()
    return conversation


def _set_comments(conversation: Conversation, plan: Plan, by: Actor) -> None:
    """Who may take part may also comment; the question is talked about as the organiser says."""
    item = conversation.item
    was = (item.comments, rules_of(item).who_may) if plan.comments != Comments.OFF else item.comments
    wanted = (plan.comments, plan.who_may) if plan.comments != Comments.OFF else plan.comments
    if was != wanted:
        set_discussion(item, comments=plan.comments, who_may=plan.who_may, by=by)


@transaction.atomic
def publish_conversation(conversation: Conversation, *, by: Person) -> None:
    _may_organise(conversation, by)
    item = publish_item(conversation.item, by=by)
    tell_of_opening(item, by=by)
    audit.record("conversation.publish", conversation, by=by)


@transaction.atomic
def close_conversation(conversation: Conversation, *, by: Person) -> None:
    """End it now: no more answers, results stay."""
    _may_organise(conversation, by)
    item = Item.objects.select_for_update().get(pk=conversation.pk)
    now = timezone.now()
    item.closes_at = now
    if item.opens_at and item.opens_at >= now:
        item.opens_at = None
    item.save(update_fields=["opens_at", "closes_at"])
    audit.record("conversation.close", conversation, by=by)
    page_changed()
    ask_for_map(conversation)


@transaction.atomic
def withdraw_conversation(conversation: Conversation, *, by: Person) -> None:
    """Take it out of sight with its statements and results; nothing is deleted."""
    _may_organise(conversation, by)
    set_state(conversation.item, ItemState.WITHDRAWN, by=by)
    audit.record("conversation.withdraw", conversation, by=by)


def _may_organise(conversation: Conversation, by: Person) -> None:
    if not can_organise(by, conversation):
        raise Refused(_("Only those who look after this conversation can change it."))


def add_statement(
    conversation: Conversation,
    words: Field,
    *,
    author: Participant | None,
    state: str,
    by: Actor,
    is_seed: bool = False,
    is_meta: bool = False,
) -> Statement:
    """One more statement with its item and number; called inside a service's transaction."""
    # The counter's row lock gives numbers without gaps or twins.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE deliberation_conversation SET next_number = next_number + 1 WHERE item_id = %s "
            "RETURNING next_number",
            [conversation.pk],
        )
        (conversation.next_number,) = cursor.fetchone()
    item = new_item(
        kind="statement", by=by, title=words, territory=conversation.item.territory,
        languages=list(words), part_of=conversation.item, state=state,
    )  # fmt: skip
    statement = Statement(
        item=item, conversation=conversation, number=conversation.next_number - 1, author=author,
        is_seed=is_seed, is_meta=is_meta,
    )  # fmt: skip
    insert_item(item, statement)
    return statement
