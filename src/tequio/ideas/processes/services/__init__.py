"""Opening a process with its phases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe, make_item
from tequio.guards.services import page_changed
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Phase, Process
from ..permissions import can_open


@dataclass(frozen=True)
class PhasePlan:
    title: Field
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    part: Item | None = None


@transaction.atomic
def open_process(
    *,
    title: Field,
    summary: Field,
    background: Field,
    territory: Territory,
    phases: Sequence[PhasePlan],
    languages: Sequence[str],
    by: Actor,
) -> Process:
    """Publish a process; its dates are those of its first and last phase."""
    if by is not SYSTEM and not (isinstance(by, Person) and can_open(by, territory)):
        raise Refused(_("Only facilitators and stewards of this place can open a process."))
    starts = [plan.opens_at for plan in phases if plan.opens_at]
    ends = [plan.closes_at for plan in phases if plan.closes_at]
    item = make_item(
        kind="process", by=by, title=title, summary=summary, territory=territory, languages=list(languages),
        state=ItemState.PUBLISHED, opens_at=min(starts, default=None), closes_at=max(ends, default=None),
    )  # fmt: skip
    process = Process.objects.create(item=item, background=background)
    for position, plan in enumerate(phases):
        Phase.objects.create(
            process=process, position=position, title=plan.title, opens_at=plan.opens_at,
            closes_at=plan.closes_at, part=plan.part,
        )  # fmt: skip
    describe(item, background)
    audit.record("process.open", process, by=by)
    page_changed()
    return process
