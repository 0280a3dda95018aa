"""Putting items into a process: ideas, problems, a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.catalogue.enums import Comments, LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.services import link_items
from tequio.discussions.models import Discussion
from tequio.guards.services import page_changed

from ..enums import Act
from ..models import Entry, Phase, Process
from ..permissions import open_today, rule_of
from .turning import turn_soon


@transaction.atomic
def enter_process(item: Item, process: Process, *, phase: Phase | None = None, by: Actor) -> Entry:
    """The item stands in the process from now on; the caller has asked whether `by` may put it there.

    A conversation discusses its process, and is the part of `phase` where one is given.
    """
    if phase is not None and phase.process_id != process.pk:
        raise ValueError(f"phase {phase.pk} belongs to process {phase.process_id}, not {process.pk}")
    Entry.objects.bulk_create([Entry(item=item, process=process)], ignore_conflicts=True)
    entry = Entry.objects.get(item=item)
    if entry.process_id != process.pk:
        raise Refused(_("It stands in another process already."))
    if item.kind == "conversation":
        link_items(item, process.item, LinkKind.DISCUSSES, by=by)
    if phase is not None and not Phase.objects.filter(pk=phase.pk, part=None).update(part=item):
        raise Refused(_("This step has its own conversation already."))
    audit.record("process.enter", item, by=by, process=process.pk)
    page_changed()
    turn_soon(process)
    return entry


def comments_today(process: Process | None, kind: str, open_as: Comments) -> Comments:
    """How a new item of `kind` takes comments: as `open_as`, unless today's phases do not open them."""
    is_open = process is None or (Act.COMMENT, kind) in open_today(process)
    return open_as if is_open else Comments.CLOSED


def enter_new(item: Item, process: Process) -> None:
    """As `enter_process` for an item that is just being made, inside the service that makes it.

    Who may comment on it holds from the first moment, as today's phases say; later ones are turned by a job.
    """
    Entry.objects.create(item=item, process=process)
    who_may = open_today(process).get((Act.COMMENT, item.kind))
    if who_may is None:
        return
    rule = rule_of(process, who_may)
    Discussion.objects.create(
        item=item, who_may=rule.who_may, methods=list(rule.methods), least_age=rule.least_age,
        most_age=rule.most_age, organisation_id=rule.organisation,
    )  # fmt: skip


def enter_all(items: Sequence[Item], process: Process) -> None:
    """As `enter_process` for many new items at once, inside the service that brings them and keeps the record."""
    Entry.objects.bulk_create([Entry(item=item, process=process) for item in items], batch_size=5_000)
    turn_soon(process)
