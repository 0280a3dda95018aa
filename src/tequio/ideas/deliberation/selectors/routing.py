"""Which statement somebody sees next, and why: the lottery of the opinion map over the conversation's state."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from random import Random

from tequio.algorithms.opinion_map import next_statement, priority

from ..models import Conversation, OpinionMap, Statement
from .taking_part import open_statements

log = logging.getLogger("tequio.deliberation")
FEW_ANSWERS = 60
SELDOM = 0.15
FAR_OUT = 1.0


@dataclass(frozen=True)
class Standing:
    """What the newest map knows of one statement."""

    priority: float
    agree: int = 0
    disagree: int = 0
    skipped: int = 0
    extremity: float = 0.0

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.skipped


@dataclass(frozen=True)
class Why:
    """Reasons for this statement now; numbers for the sentences."""

    answers: int
    is_little_answered: bool
    is_clear: bool
    tells_apart: bool


@dataclass(frozen=True)
class Turn:
    """One turn: everything the page of a step needs to know about what is open."""

    open_ids: set[int]
    statement: Statement | None
    why: Why | None


NEW = Standing(priority=float(priority(0, 0, 0, 0)))


def standings(conversation: Conversation) -> dict[int, Standing]:
    """By statement number, from the newest map; a statement it does not know yet counts as new."""
    result = (
        OpinionMap.objects.filter(conversation=conversation)
        .order_by("-id")
        .values_list("result", flat=True)
        .first()
    )
    if not result:
        return {}
    extremity, counts = result.get("extremity", {}), result.get("counts", {})
    return {
        int(number): Standing(value, *_counts(counts.get(number)), extremity=extremity.get(number, 0.0))
        for number, value in result.get("priorities", {}).items()
    }


def _counts(row: list[int] | None) -> tuple[int, int, int]:
    """agree, disagree, pass from the map's [disagree, pass, agree]."""
    return (row[2], row[0], row[1]) if row else (0, 0, 0)


def choose_turn(conversation: Conversation, *, seen: set[int], seed: str) -> Turn:
    """Draw the next statement among the open ones she has not answered; the same `seed`, the same draw.

    `seen` are ids of statements. Logs an error when the lottery weighs nothing although it should.
    """
    rows = list(open_statements(conversation).values_list("item_id", "number", "is_meta").order_by("number"))
    known = standings(conversation)
    weights = [known.get(number, NEW).priority for _pk, number, _meta in rows]
    chosen = next_statement(
        [pk for pk, _number, _meta in rows],
        weights,
        seen=seen,
        random=Random(seed),  # noqa: S311 - a lottery that can be repeated, not a secret
        meta={pk for pk, _number, is_meta in rows if is_meta},
    )
    open_ids = {pk for pk, _number, _meta in rows}
    if chosen is None:
        return Turn(open_ids, None, None)
    statement = open_statements(conversation).select_related("item").filter(pk=chosen.statement).first()
    if statement is None:
        return Turn(open_ids, None, None)
    return Turn(open_ids, statement, explain(known.get(statement.number, NEW)))


def explain(standing: Standing) -> Why:
    return Why(
        answers=standing.seen,
        is_little_answered=standing.seen < FEW_ANSWERS,
        is_clear=standing.seen > 0 and standing.skipped <= SELDOM * standing.seen,
        tells_apart=standing.extremity >= FAR_OUT,
    )
