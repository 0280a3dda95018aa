"""Setting aside who arrived together and answers alike, in plain sight; an organiser confirms or releases."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from tequio.algorithms.bursts import Cohort as Found
from tequio.algorithms.bursts import Numbers
from tequio.algorithms.bursts import with_numbers as numbers_with
from tequio.audit import services as audit
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.guards.services import page_changed
from tequio.people.models import Person
from tequio.recipes.selectors import active

from ..enums import CohortState
from ..models import Cohort, Conversation, Participant
from ..permissions import can_decide_cohort
from ..selectors.cohorts import find_cohorts
from ..selectors.vote_reading import VoteReading

RECIPE = "bursts"
LONGEST_REASON = 300
log = logging.getLogger("tequio.deliberation")


def note_cohorts(conversation: Conversation, reading: VoteReading) -> int:
    """Set aside what is found anew among `reading`; returns how many people. Who was released is not asked again."""
    recipe = active(RECIPE, conversation.item.territory_id)
    numbers = numbers_with(**recipe.parameters)
    told = 0
    for found, people in find_cohorts(conversation, reading, numbers):
        told += _set_aside(conversation, found, people, recipe.number, numbers)
    return told


@transaction.atomic
def _set_aside(
    conversation: Conversation, found: Found, people: NDArray[np.int64], version: int, numbers: Numbers
) -> int:
    """The people of one cohort: new ones join the one most of them are in, or make a new one."""
    Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    members = dict(Participant.objects.filter(pk__in=people.tolist()).values_list("pk", "cohort"))
    new = [pk for pk, cohort in members.items() if cohort is None]
    if not new:
        return 0
    known = [cohort for cohort in members.values() if cohort is not None]
    row = Cohort.objects.get(pk=max(set(known), key=known.count)) if known else None
    if row is None and len(new) < numbers.fewest:
        return 0
    if row is not None and row.state == CohortState.RELEASED:
        return 0
    since, until = (datetime.fromtimestamp(at, UTC) for at in (found.since, found.until))
    if row is None:
        row = Cohort.objects.create(
            conversation=conversation, since=since, until=until, people=len(new), burst=found.burst,
            likeness=found.likeness, among_others=found.among_others, version=version,
        )  # fmt: skip
    else:
        row.people, row.burst = row.people + len(new), max(row.burst, found.burst)
        row.since, row.until = min(row.since, since), max(row.until, until)
        row.save(update_fields=["people", "burst", "since", "until"])
    Participant.objects.filter(pk__in=new).update(cohort=row)
    audit.record("cohort.set_aside", row, by=SYSTEM, people=len(new), version=version)
    log.warning("conversation %s: %s people who answer alike are set aside", conversation.pk, len(new))
    page_changed()
    return len(new)


@transaction.atomic
def decide_cohort(cohort: Cohort, *, state: str, reason: str, by: Person) -> Cohort:
    """Confirm that its answers do not count, or release them; either can be changed later. `reason` is public."""
    if state not in (CohortState.CONFIRMED, CohortState.RELEASED):
        raise ValueError(f"no such decision on a cohort: {state!r}")
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} characters, not {len(reason)}")
    locked = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    locked.conversation = cohort.conversation
    if not can_decide_cohort(by, locked):
        raise Refused(_("Somebody else must decide this: your own answers are among them."), code="own")
    locked.state, locked.reason = state, reason
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    audit.record("cohort.decide", locked, by=by, state=state)
    page_changed()
    return locked
