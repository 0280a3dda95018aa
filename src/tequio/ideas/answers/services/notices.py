"""What is told of answers and results: the very words, in every language there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils import translation

from tequio.base.actor import Actor
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import Field, add_translation, read, write_original
from tequio.catalogue.models import Item
from tequio.notifications.enums import Event
from tequio.notifications.services import announce, withdraw_notices

from ..enums import Decision, MilestoneState
from ..models import Answer, Milestone, Result


def said_in(languages: Iterable[str], say: Callable[[str], str]) -> Field:
    """`say(tag)` in each of the languages, its own words in the interface's language where that is one."""
    tags = list(dict.fromkeys(languages)) or ["en"]
    field: Field = {}
    for tag in tags:
        with translation.override(tag if tag in INTERFACE else "en"):
            text = say(tag)
        field = add_translation(field, tag, text) if field else write_original(text, tag)
    return field


def source_of_answer(answer: Answer) -> str:
    return f"answers.answer:{answer.pk}"


def tell_of_answer(answer: Answer, *, by: Actor) -> None:
    """Followers read the decision and its reasons; of an answer that this one replaces nobody is told any more."""

    def say(tag: str) -> str:
        return f"{Decision(answer.decision).label}.\n{read(answer.reasons, tag).text}"

    announce(
        Event.ANSWERED, item=answer.item, source=source_of_answer(answer), author=answer.by,
        words=said_in([*answer.reasons, *INTERFACE], say), by=by,
    )  # fmt: skip


def take_back_notices(answer: Answer, *, by: Actor) -> None:
    withdraw_notices(source_of_answer(answer), by=by)


def tell_of_result(result: Result, sources: Iterable[Item], *, by: Actor) -> None:
    """Who followed what it grew out of follows it from now on, and hears that it is there."""
    announce(Event.OPENED, item=result.item, words=result.item.summary or result.item.title, by=by)


def tell_of_step(milestone: Milestone, *, by: Actor) -> None:
    """A step begins, is done, is given up, or its day is another: each is told once."""

    def say(tag: str) -> str:
        state = MilestoneState(milestone.state).label
        lines = [f"{read(milestone.title, tag).text}: {state}", read(milestone.delay, tag).text]
        return "\n".join(line for line in lines if line)

    announce(
        Event.PROGRESS, item=milestone.result.item, source=f"answers.milestone:{milestone.pk}",
        occasion=f"{milestone.state} {milestone.due or ''}".strip(),
        words=said_in([*milestone.title, *INTERFACE], say), by=by,
    )  # fmt: skip


def tell_of_end(result: Result, *, by: Actor) -> None:
    announce(
        Event.PROGRESS, item=result.item, source=f"answers.result:{result.pk}",
        occasion=f"finished {result.finished_at:%Y-%m-%d}", by=by,
    )  # fmt: skip
