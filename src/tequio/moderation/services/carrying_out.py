"""What a decision does to a thing, by the services of the flat it belongs to. Hide, never delete."""

from __future__ import annotations

from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.services.hiding import hide_item, unhide_item
from tequio.catalogue.services.screening import release_item
from tequio.discussions.models import Comment
from tequio.discussions.services.moderating import hide_comment, release_comment, show_comment
from tequio.organisations.services.organisations import set_hidden
from tequio.people.models import Person

from ..enums import Measure
from ..models import Decision
from ..types import Thing


def carry_out(thing: Thing, decision: Decision, *, by: Person) -> None:
    """Hide it, or show it; what stays as it is needs nothing."""
    if decision.measure == Measure.HIDE and not thing.is_hidden:
        _hide(thing, decision, by)
    elif decision.measure == Measure.SHOW:
        _show(thing, decision, by)


def _hide(thing: Thing, decision: Decision, by: Person) -> None:
    row, reason, name = thing.row, decision.rule_words.hide_reason, decision.audit_id
    note = decision.facts[:500]
    if isinstance(row, Item):
        hide_item(row, reason=reason, note=note, decision=name, by=by)
    elif isinstance(row, Comment):
        hide_comment(row, reason=reason, note=note, decision=name, by=by)
    else:
        set_hidden(row, name, by=by)


def _show(thing: Thing, decision: Decision, by: Person) -> None:
    row = thing.row
    if isinstance(row, Item):
        shown = unhide_item(row, decision=decision.audit_id, by=by) if thing.is_hidden else row
        if shown.state == ItemState.HELD:
            release_item(shown, by=by)
    elif isinstance(row, Comment):
        if thing.is_hidden:
            show_comment(row, decision=decision.audit_id, by=by)
        release_comment(row, by=by)
    else:
        set_hidden(row, "", by=by)
