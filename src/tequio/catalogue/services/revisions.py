"""Keeping what an item's words were before they were changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, original_language
from tequio.guards.services import page_changed

from ..enums import ChangeKind, Part
from ..models import Item, Revision
from ..permissions import can_hide

LONGEST_WHY = 200


def keep_revision(
    item: Item, changed: Mapping[str, tuple[Field, Field]], *, by: Actor, kind: str = "", why: str = ""
) -> Revision | None:
    """Called by the service that changes words, in its transaction: `changed` is {part: (before, after)}.

    None where no text changed. Without a `kind` it is a translation when only translations changed.
    """
    unknown = set(changed) - set(Part.values)
    if unknown:
        raise ValueError(f"no such part of an item: {sorted(unknown)}")
    changes = [change for part, pair in changed.items() for change in _changes(part, *pair)]
    if not changes:
        return None
    is_edit = any(change["is_original"] for change in changes)
    return Revision.objects.create(
        item=item, author_id=item.author_id, changes=changes, by=by.audit_id, why=why[:LONGEST_WHY],
        is_by_author=by.pk is not None and by.pk == item.author_id,
        kind=kind or (ChangeKind.EDIT if is_edit else ChangeKind.TRANSLATION),
    )  # fmt: skip


def _changes(part: str, before: Field, after: Field) -> list[dict[str, Any]]:
    origins = {original_language(before), original_language(after)}
    tags = list(dict.fromkeys([*after, *before]))
    texts = [(tag, _text(before, tag), _text(after, tag)) for tag in tags]
    return [
        {"part": part, "language": tag, "before": was, "after": now, "is_original": tag in origins}
        for tag, was, now in texts
        if was != now
    ]


def _text(field: Field, tag: str) -> str:
    return str(field[tag]["text"]) if tag in field else ""


@transaction.atomic
def hide_revision(revision: Revision, *, by: Actor) -> Revision:
    """Its words are not shown in the history any more, where an earlier text said what nobody may say."""
    _may_hide(revision, by)
    revision.hidden_by = by.audit_id
    revision.save(update_fields=["hidden_by"])
    audit.record("revision.hide", revision, by=by, item=revision.item_id)
    page_changed()
    return revision


@transaction.atomic
def show_revision(revision: Revision, *, by: Actor) -> Revision:
    _may_hide(revision, by)
    revision.hidden_by = ""
    revision.save(update_fields=["hidden_by"])
    audit.record("revision.show", revision, by=by, item=revision.item_id)
    page_changed()
    return revision


def _may_hide(revision: Revision, by: Actor) -> None:
    if not can_hide(by, revision.item):
        raise Refused(_("Only moderators of this place can hide a former version."))
