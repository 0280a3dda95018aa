"""Deciding on statements: publishing, declining, marking, merging. Hide, never delete."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.catalogue.enums import ItemState
from tequio.catalogue.services.hiding import hide_item, unhide_item
from tequio.guards.services import page_changed
from tequio.notifications.enums import Event
from tequio.people.models import Person

from ..enums import DeclineReason
from ..models import Statement
from ..permissions import can_moderate
from .answering import ask_for_map
from .notices import tell_author


@transaction.atomic
def publish_statement(statement: Statement, *, seen: str = "", by: Person) -> Statement:
    """Show a statement that waited, or one that was declined or hidden before."""
    statement = _lock(statement, seen, by)
    item = statement.item
    if item.hidden_by:
        statement.item = unhide_item(item, by=by)
        tell_author(statement, Event.PUBLISHED, by=by)
        return _decided(statement, "statement.show", by)
    item.state = ItemState.PUBLISHED
    item.published_at = item.published_at or timezone.now()
    item.save(update_fields=["state", "published_at"])
    statement.decline_reason = statement.decline_note = ""
    tell_author(statement, Event.PUBLISHED, by=by)
    return _decided(statement, "statement.publish", by)


@transaction.atomic
def decline_statement(
    statement: Statement, *, reason: str, note: str = "", seen: str = "", by: Person
) -> Statement:
    """Do not show what waits, hide what is shown: that keeps its state. Answers to it do not count.

    Its author reads reason and note.
    """
    if reason not in DeclineReason.values:
        raise ValueError(f"unknown reason: {reason!r}")
    statement = _lock(statement, seen, by)
    if statement.item.state == ItemState.PUBLISHED:
        statement.item = hide_item(statement.item, reason=reason, note=note, by=by)
        tell_author(statement, Event.DECLINED, reason=reason, note=note, by=by)
        return _decided(statement, "statement.hide", by, reason=reason)
    statement.item.state = ItemState.DECLINED
    statement.item.save(update_fields=["state"])
    statement.decline_reason, statement.decline_note = reason, note
    tell_author(statement, Event.DECLINED, reason=reason, note=note, by=by)
    return _decided(statement, "statement.decline", by, reason=reason)


@transaction.atomic
def mark_meta(statement: Statement, *, is_meta: bool, by: Person) -> Statement:
    """Say whether it asks about the person who answers: it is shown, and not used for the map."""
    statement = _lock(statement, "", by)
    statement.is_meta = is_meta
    return _decided(statement, "statement.meta", by, is_meta=is_meta)


@transaction.atomic
def merge_statement(statement: Statement, into: Statement, *, seen: str = "", by: Person) -> Statement:
    """Say that it says the same as `into`: answers to it count there. Both pages stay."""
    # Always in the order of their ids, so that two merges the other way round do not wait for one another.
    for row in sorted((statement, into), key=lambda one: one.pk):
        Statement.objects.select_for_update().get(pk=row.pk)
    statement, into = _lock(statement, seen, by), _lock(into, "", by)
    if into.conversation_id != statement.conversation_id or into.pk == statement.pk:
        raise Refused(_("Choose another statement of the same conversation."))
    if into.merged_into_id or not into.item.is_shown:
        raise Refused(_("That statement is not shown itself. Choose one that is."), code="changed")
    followers = list(statement.merged_from.values_list("pk", flat=True))
    Statement.objects.filter(pk__in=followers).update(merged_into=into)
    statement.merged_into = into
    item = statement.item
    item.state, item.published_at = ItemState.PUBLISHED, item.published_at or timezone.now()
    item.save(update_fields=["state", "published_at"])
    statement.decline_reason = statement.decline_note = ""
    return _decided(statement, "statement.merge", by, into=into.pk, followers=followers)


@transaction.atomic
def unmerge_statement(statement: Statement, *, by: Person) -> Statement:
    """Let a merged statement stand on its own again, with its own answers."""
    statement = _lock(statement, "", by)
    if statement.merged_into_id is None:
        raise Refused(_("This statement is not joined with another."), code="changed")
    was = statement.merged_into_id
    statement.merged_into = None
    return _decided(statement, "statement.unmerge", by, was=was)


def _lock(statement: Statement, seen: str, by: Person) -> Statement:
    """The row as it is now, locked; Refused where the moderator looked at another state of it."""
    locked = (
        Statement.objects.select_for_update(of=("self", "item"))
        .select_related("item__territory", "conversation__item__territory")
        .get(pk=statement.pk)
    )
    if not can_moderate(by, locked.conversation):
        raise Refused(_("Only moderators of this place can decide on statements."))
    if seen and seen != state_seen(locked):
        raise Refused(
            _("A colleague decided on this statement meanwhile. Here it is as it stands now."), code="changed"
        )
    return locked


def state_seen(statement: Statement) -> str:
    """What a moderator's form carries, to tell whether anybody was faster."""
    state = "hidden" if statement.item.hidden_by else statement.item.state
    return f"{state}-{statement.merged_into_id or 0}"


def _decided(statement: Statement, act: str, by: Person, **data: object) -> Statement:
    statement.decided_at = timezone.now()
    statement.save(update_fields=["is_meta", "merged_into", "decline_reason", "decline_note", "decided_at"])
    audit.record(act, statement, by=by, **data)
    page_changed()
    ask_for_map(statement.conversation)
    return statement
