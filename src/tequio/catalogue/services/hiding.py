"""Hiding what was shown, and showing it again. Hide, never delete; the editorial state is not touched."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.guards.services import page_changed

from ..enums import HideReason
from ..models import Item
from ..permissions import can_hide

FIELDS = ["hidden_by", "hidden_reason", "hidden_note", "hidden_at"]


@transaction.atomic
def hide_item(item: Item, *, reason: str, note: str = "", decision: str = "", by: Actor) -> Item:
    """Nobody but its author and the moderators sees it from now on; she reads `reason` and `note`.

    `decision` is the opaque id of what it rests on ("moderation.decision:3"); without one it is the moderator.
    """
    if reason not in HideReason.values:
        raise ValueError(f"unknown reason: {reason!r}")
    item = _lock(item, by)
    item.hidden_by, item.hidden_at = decision or by.audit_id, timezone.now()
    item.hidden_reason, item.hidden_note = reason, note[:500]
    item.save(update_fields=FIELDS)
    audit.record("item.hide", item, by=by, reason=reason, decision=decision)
    page_changed()
    return item


@transaction.atomic
def unhide_item(item: Item, *, decision: str = "", by: Actor) -> Item:
    """Show it again, in the state it had. What a decision with reasons hid is shown by another `decision` only."""
    item = _lock(item, by)
    if not item.hidden_by:
        raise Refused(_("This is not hidden."), code="changed")
    if item.decision_number and not decision:
        raise Refused(
            _("A decision with reasons hid this. Decide anew on the page of the queue."), code="decided"
        )
    item.hidden_by = item.hidden_reason = item.hidden_note = ""
    item.hidden_at = None
    item.save(update_fields=FIELDS)
    audit.record("item.unhide", item, by=by)
    page_changed()
    return item


def _lock(item: Item, by: Actor) -> Item:
    locked = Item.objects.select_for_update(of=("self",)).select_related("territory").get(pk=item.pk)
    if not can_hide(by, locked):
        raise Refused(_("Only moderators of this place can hide something or show it again."))
    return locked
