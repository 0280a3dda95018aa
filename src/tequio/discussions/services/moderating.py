"""What moderators do with a comment: hide it with a reason, show it again, let through what waited."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.catalogue.enums import HideReason
from tequio.guards.services import page_changed

from ..enums import CommentState
from ..models import Comment
from ..permissions import can_moderate
from .tallying import ask_for_tally
from .writing import locked_comment

LONGEST_NOTE = 500


@transaction.atomic
def hide_comment(comment: Comment, *, reason: str, note: str = "", decision: str = "", by: Actor) -> Comment:
    """Not shown any more; nothing is deleted. `decision` names what it rests on ("decision:3"), else who hid it."""
    if reason not in HideReason.values:
        raise ValueError(f"unknown reason: {reason!r}")
    comment = _moderated(comment, by)
    comment.hidden_by = decision or by.audit_id
    comment.hidden_reason, comment.hidden_note = reason, note[:LONGEST_NOTE]
    return _decided(comment, "comment.hide", by, reason=reason)


@transaction.atomic
def show_comment(comment: Comment, *, decision: str = "", by: Actor) -> Comment:
    """Take the hiding back: the comment is what it was before. What a decision hid needs another `decision`."""
    comment = _moderated(comment, by)
    if comment.decision_number and not decision:
        raise Refused(
            _("A decision with reasons hid this. Decide anew on the page of the queue."), code="decided"
        )
    comment.hidden_by = comment.hidden_reason = comment.hidden_note = ""
    return _decided(comment, "comment.show", by)


@transaction.atomic
def release_comment(comment: Comment, *, by: Actor) -> Comment:
    """Let through what waited for a moderator. One its author took back meanwhile stays withdrawn."""
    comment = _moderated(comment, by)
    if comment.state == CommentState.HELD:
        comment.state = CommentState.PUBLISHED
    return _decided(comment, "comment.release", by)


@transaction.atomic
def hold_comment(comment: Comment, *, by: Actor) -> Comment:
    """Let it wait for a moderator after all, when a burst of comments was noticed."""
    comment = _moderated(comment, by)
    if comment.state == CommentState.PUBLISHED:
        comment.state = CommentState.HELD
    return _decided(comment, "comment.hold", by)


def _moderated(comment: Comment, by: Actor) -> Comment:
    locked = locked_comment(comment)
    if not can_moderate(by, locked.item):
        raise Refused(_("Only moderators of this place can decide on comments."))
    return locked


def _decided(comment: Comment, act: str, by: Actor, **data: object) -> Comment:
    comment.save(update_fields=["state", "hidden_by", "hidden_reason", "hidden_note"])
    audit.record(act, comment, by=by, **data)
    page_changed()
    ask_for_tally(comment.item_id)
    return comment
