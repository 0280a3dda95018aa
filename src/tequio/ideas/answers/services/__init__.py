"""Owing an answer: the clock starts here, whoever asks for it."""

from __future__ import annotations

from datetime import datetime

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import Item, ItemParty
from tequio.guards.services import page_changed
from tequio.ideas.processes.models import Process
from tequio.organisations.models import Organisation

from ..models import AnswerDue


def owe_answer(
    item: Item,
    *,
    due_at: datetime,
    because: str,
    process: Process | None = None,
    organisation: Organisation | None = None,
    by: Actor,
) -> bool:
    """An answer to `item` is owed until `due_at`; whether that is new. Called inside a service's transaction.

    By whom: the `organisation`, else the one that the process names, else the place itself. A clock that runs
    already goes on as it was: a promise is not moved by a second reason.
    """
    organisation = organisation or (addressee_of(process) if process is not None else None)
    row, is_new = AnswerDue.objects.get_or_create(
        item=item,
        defaults={"because": because, "process": process, "organisation": organisation, "due_at": due_at},
    )
    if is_new:
        audit.record("answer.owe", row, by=by, because=because)
        page_changed()
    return is_new


def addressee_of(process: Process) -> Organisation | None:
    """The organisation a process is addressed to; None is its place."""
    parties = ItemParty.objects.filter(item=process.pk, role=PartyRole.ANSWERS, organisation__isnull=False)
    party = parties.select_related("organisation").order_by("position", "id").first()
    return party.organisation if party is not None else None
