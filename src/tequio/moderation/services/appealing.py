"""Appeals: free, once a side, answered by another person than who decided first."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.people.models import Person

from ..enums import Measure, Outcome, Side
from ..models import Appeal, Decision, Report
from ..permissions import can_answer, can_appeal
from ..selectors.desk import newest_decision
from ..types import Thing
from .carrying_out import carry_out
from .deciding import LONGEST_FACTS, lock, write_decision
from .telling import tell_answer

LONGEST_APPEAL = 2_000


@transaction.atomic
def appeal(
    decision: Decision, side: Side, *, words: str, language: str, report: Report | None = None,
    by: Person | None,
) -> Appeal:  # fmt: skip
    """Ask for another look. `report` is whose reporter appeals; `by` None is one who knows its secret address."""
    if not 0 < len(words) <= LONGEST_APPEAL:
        raise ValueError(f"an appeal has 1 to {LONGEST_APPEAL} characters, not {len(words)}")
    if (side == Side.REPORTER) != (report is not None):
        raise ValueError("who reported appeals by the report")
    if not can_appeal(decision, side):
        raise Refused(_("There is no appeal against this any more."), code="closed")
    row = Appeal(
        decision=decision, side=side, report=report, person=by, words=words, language=language,
        first_decider_id=decision.by_id, made_at=timezone.now(),
    )  # fmt: skip
    Appeal.objects.bulk_create([row], ignore_conflicts=True)
    kept = Appeal.objects.filter(decision=decision, side=side, report=report).get()
    if kept.made_at != row.made_at:
        raise Refused(_("You have appealed already. Another moderator will look at it."), code="again")
    audit.record("moderation.appeal", kept, by=by, decision=decision.pk, side=side)
    return kept


def changed_to(appeal: Appeal) -> Measure:
    """What it becomes where the decision is changed: who reported wants it hidden, its author shown."""
    if appeal.side == Side.REPORTER:
        return Measure.HIDE
    return Measure.SHOW if appeal.decision.measure == Measure.HIDE else Measure.LEAVE


@transaction.atomic
def answer_appeal(appeal: Appeal, *, outcome: str, facts: str, language: str, by: Person) -> Decision:
    """The last word here, with reasons. All appeals of the same side against the decision are answered with it.

    Refused with code "changed" where the thing was decided on anew since: that decision has its own appeal.
    """
    if outcome not in Outcome.values or not 0 < len(facts) <= LONGEST_FACTS:
        raise ValueError(f"outcome {outcome!r} with {len(facts)} characters of facts")
    first = appeal.decision
    if first.thing is None:
        raise Refused(_("What it was about was erased by its author."), code="changed")
    thing = lock(first.thing)
    locked = Appeal.objects.select_for_update().filter(pk=appeal.pk, decided_at=None).first()
    if locked is None:
        raise Refused(_("Somebody else decided meanwhile. Look at it, then decide anew."), code="changed")
    if not can_answer(by, appeal):
        raise Refused(_("Another person than the first must decide on an appeal."), code="own")
    measure = changed_to(appeal) if outcome == Outcome.OVERTURNED else Measure(first.measure)
    decision = write_decision(
        thing, measure, rule=first.rule, law=first.law, facts=facts, language=language,
        appeal_until=None, began_at=appeal.made_at, by=by,
    )  # fmt: skip
    _close(appeal, decision, outcome, by)
    if outcome == Outcome.OVERTURNED and _still_stands(thing, first, decision):
        carry_out(thing, decision, by=by)
    tell_answer(appeal, decision, by=by)
    return decision


def _close(appeal: Appeal, decision: Decision, outcome: str, by: Person) -> None:
    values = {
        "outcome": outcome, "decided_at": timezone.now(), "decided_by": by, "answer": decision,
    }  # fmt: skip
    same = Appeal.objects.filter(decision=appeal.decision_id, side=appeal.side, decided_at=None)
    same.exclude(first_decider=by).update(**values)
    audit.record("moderation.answer", appeal, by=by, decision=decision.pk, outcome=outcome)


def _still_stands(thing: Thing, first: Decision, answer: Decision) -> bool:
    """Nothing was decided on the thing between the decision and this answer to its appeal."""
    return newest_decision(thing, before=answer.pk) == first.pk
