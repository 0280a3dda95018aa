"""Answers a process has promised for each of its ideas."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.catalogue.enums import ItemState
from tequio.ideas.answers.services import owe_answer

from ..models import Idea
from ..selectors.thresholds import promised_moment

AT_ONCE = 500


@transaction.atomic
def owe_promised() -> int:
    """Start the clock of shown ideas in processes with an announced day; returns of how many.

    Most got it when they were sent. The rest waited for a moderator, or the day was announced later.
    """
    waiting = Idea.objects.filter(
        merged_into=None, item__state=ItemState.PUBLISHED, item__hidden_by="", item__answer_due=None,
        item__entry__process__answer_due__gte=timezone.localdate(),
    )  # fmt: skip
    ideas = waiting.select_related("item__entry__process").order_by("pk")[:AT_ONCE]
    return sum(_owe(idea) for idea in ideas)


def _owe(idea: Idea) -> bool:
    process = idea.item.entry.process
    due_at = promised_moment(process)
    if due_at is None or due_at <= timezone.now():
        return False
    return owe_answer(idea.item, due_at=due_at, because="process", process=process, by=SYSTEM)
