"""What `tequio verify` asks of answers and results."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Sum

from .models import Answer, AnswerDue, Milestone, Result


def clocks_stop_with_an_answer_in_force() -> Iterator[str]:
    """A clock stands still where an answer is in force, and only there."""
    in_force = Exists(Answer.objects.filter(item=OuterRef("item"), replaced_at=None))
    rows = AnswerDue.objects.annotate(is_answered=in_force)
    for pk in rows.filter(is_answered=True, answered_at=None).order_by("pk").values_list("pk", flat=True):
        yield f"item {pk} is answered, and its clock runs"
    for pk in (
        rows.filter(is_answered=False, answered_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    ):
        yield f"item {pk} has no answer in force, and its clock stands still"


def moved_steps_say_why() -> Iterator[str]:
    for row in Milestone.objects.filter(first_due__isnull=False, delay={}).order_by("pk"):
        if row.due != row.first_due:
            yield f"step {row.pk} was moved from {row.first_due} to {row.due} without a reason"


def nothing_is_spent_below_zero() -> Iterator[str]:
    for row in Result.objects.annotate(spent=Sum("spendings__amount")).filter(spent__lt=0).order_by("pk"):
        yield f"result {row.pk} has spent {row.spent}"
