"""Answering officially: once, anew, taking it back, asking for an answer, handing it to a colleague."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.guards.services import page_changed
from tequio.notifications.enums import Event
from tequio.notifications.services import tell
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for
from tequio.people.models import Person

from ..enums import Because, Decision, Hindrance
from ..models import Answer, AnswerDue
from ..permissions import answers_for, can_ask, can_assign, can_prepare, forget_due, hindrance
from . import owe_answer
from .notices import said_in, take_back_notices, tell_of_answer

MOST_ASSIGNED = 500


@dataclass(frozen=True)
class Said:
    """An answer as somebody wrote it. `organisation` None: in the name of the place."""

    decision: str
    reasons: Field
    office: str = ""
    organisation: Organisation | None = None


@transaction.atomic
def give_answer(item: Item, said: Said, *, seen: int = 0, by: Person) -> Answer:
    """The answer in force from now on; the one before stays readable. The clock stops.

    `seen` is the id of the answer that stood when she began to write, 0 for none: where another one stands by
    now, Refused with the code "changed".
    """
    check_said(said, by)
    _may_answer(item, by)
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    before = Answer.objects.filter(item=item, replaced_at=None).first()
    if (before.pk if before else 0) != seen:
        raise Refused(_("Somebody else answered meanwhile. Read it, then send yours again."), code="changed")
    now = timezone.now()
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
        take_back_notices(before, by=by)
    answer = Answer.objects.create(
        item=item, decision=said.decision, reasons=said.reasons, by=by, office=said.office,
        organisation=said.organisation, at=now,
    )  # fmt: skip
    AnswerDue.objects.filter(item=item, answered_at=None).update(answered_at=now)
    forget_due(item)
    tell_of_answer(answer, by=by)
    audit.record("answer.give", answer, by=by, item=item.pk, decision=str(said.decision), before=seen)
    page_changed()
    return answer


def check_said(said: Said, by: Person) -> None:
    """Whether it is whole, and she may speak in the name that stands under it."""
    if said.decision not in Decision.values:
        raise ValueError(f"unknown decision: {said.decision!r}")
    if not said.reasons:
        raise ValueError("an answer has reasons")
    if said.organisation is not None and not can_act_for(by, said.organisation):
        raise Refused(_("You cannot speak for this organisation."))


def _may_answer(item: Item, by: Person) -> None:
    found = hindrance(by, item)
    if found == Hindrance.NOW:
        raise Refused(_("No step of the process opens answers now."), code="now")
    if found != Hindrance.NONE:
        raise Refused(_("Only those who answer for this place can answer here."))


@transaction.atomic
def take_back(item: Item, *, by: Person) -> bool:
    """No answer is in force any more, and the clock runs again. What was said stays readable. False: there is none."""
    if not answers_for(by, item):
        raise Refused(_("Only those who answer for this place can take an answer back."))
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    answer = Answer.objects.filter(item=item, replaced_at=None).first()
    if answer is None:
        return False
    answer.replaced_at, answer.is_taken_back = timezone.now(), True
    answer.save(update_fields=["replaced_at", "is_taken_back"])
    AnswerDue.objects.filter(item=item).update(answered_at=None)
    forget_due(item)
    take_back_notices(answer, by=by)
    audit.record("answer.take_back", answer, by=by, item=item.pk)
    page_changed()
    return True


@transaction.atomic
def ask_for_answer(
    item: Item, *, due_at: datetime, organisation: Organisation | None = None, by: Person
) -> None:
    """A steward says that this is owed an answer, and until when."""
    if not can_ask(by, item):
        raise Refused(_("Only stewards of this place can ask for an answer, once."))
    if due_at <= timezone.now():
        raise Refused(_("This moment has passed. Choose a later one."), code="past")
    owe_answer(item, due_at=due_at, because=Because.ASKED, organisation=organisation, by=by)
    forget_due(item)


@transaction.atomic
def assign(dues: Sequence[AnswerDue], colleague: Person | None, *, by: Person) -> int:
    """Hand answers to a colleague who may prepare all of them, or to nobody (None). Returns how many changed hands."""
    if len(dues) > MOST_ASSIGNED:
        raise ValueError(f"at most {MOST_ASSIGNED} at once, not {len(dues)}")
    for due in dues:
        if not can_assign(by, due):
            raise Refused(_("Only those who answer for this place can hand an answer to a colleague."))
        if colleague is not None and not can_prepare(colleague, due.item):
            raise Refused(_("This person does not work for who answers here."), code="colleague")
    rows = AnswerDue.objects.filter(pk__in=[due.pk for due in dues], answered_at=None)
    changed = (
        sorted(rows.exclude(assigned_to=colleague).values_list("pk", flat=True))
        if colleague
        else sorted(rows.exclude(assigned_to=None).values_list("pk", flat=True))
    )
    AnswerDue.objects.filter(pk__in=changed).update(assigned_to=colleague)
    for due in dues:
        forget_due(due.item)
    if changed:
        thing = AnswerDue.objects.get(pk=changed[0])
        audit.record("answer.assign", thing, by=by, items=changed, to=colleague.pk if colleague else None)
        if colleague is not None:
            _tell_colleague(colleague, changed, by=by)
    return len(changed)


def _tell_colleague(colleague: Person, items: list[int], *, by: Actor) -> None:
    which = hashlib.sha256(repr((items, timezone.now().date())).encode()).hexdigest()[:20]

    def say(_tag: str) -> str:
        number = len(items)
        return ngettext(
            "%(number)d answer was handed to you.", "%(number)d answers were handed to you.", number
        ) % {"number": number}  # fmt: skip

    tell(
        colleague, Event.ANSWER_DUE, source=colleague.audit_id, occasion=f"handed-{which}",
        words=said_in(INTERFACE, say), path=reverse("answers:desk") + "?show=mine", by=by,
    )  # fmt: skip
