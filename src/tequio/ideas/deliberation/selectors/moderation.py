"""What a moderator looks at: what waits, what is close to it, what was decided lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from tequio.base.multilingual import all_texts
from tequio.base.text import likeness, shingles
from tequio.catalogue.enums import ItemState
from tequio.catalogue.selectors.screening import Sign, signs_seen

from ..models import Conversation, Statement
from .pseudonyms import numbers_of
from .taking_part import NEAR, open_statements

PAGE = 20
LATELY = 10
MOST_NEAR = 3
MOST_CANDIDATES = 8
LEAST_LIKE = 0.15


@dataclass(frozen=True)
class Waiting:
    """A statement that waits: who wrote it, under her number, and what is close to it."""

    statement: Statement
    author: int | None
    near: Sequence[Statement] = ()
    signs: Sequence[Sign] = ()


@dataclass(frozen=True)
class Queue:
    """One page of the queue; `after` is what the link to the next page carries."""

    waiting: list[Waiting]
    total: int
    shown: int
    declined: int
    merged: int
    oldest: datetime | None
    lately: list[Statement] = field(default_factory=list)
    after: int | None = None


def queue(conversation: Conversation, *, after: int = -1) -> Queue:
    """Held statements, oldest first, with their authors' numbers and near duplicates."""
    statements = conversation.statements.select_related("item")
    held = statements.filter(item__state=ItemState.HELD).select_related("item__screening").order_by("number")
    page = list(held.filter(number__gt=after)[: PAGE + 1])
    rows, has_more = page[:PAGE], len(page) > PAGE
    counts = _counts(conversation)
    lately = (
        statements.exclude(decided_at=None).select_related("merged_into__item").order_by("-decided_at", "-pk")
    )
    return Queue(
        waiting=_with_company(conversation, rows),
        total=counts["held"],
        shown=counts["shown"],
        declined=counts["declined"],
        merged=counts["merged"],
        oldest=counts["oldest"],
        lately=list(lately[:LATELY]),
        after=rows[-1].number if has_more else None,
    )


def _counts(conversation: Conversation) -> dict[str, Any]:
    hidden = Q(item__state=ItemState.PUBLISHED) & ~Q(item__hidden_by="")
    published = Q(item__state=ItemState.PUBLISHED, item__hidden_by="")
    held = Q(item__state=ItemState.HELD)
    return conversation.statements.aggregate(
        held=Count("pk", filter=held),
        shown=Count("pk", filter=published & Q(merged_into=None)),
        merged=Count("pk", filter=Q(merged_into__isnull=False)),
        declined=Count("pk", filter=Q(item__state=ItemState.DECLINED) | hidden),
        oldest=Min("item__made_at", filter=held),
    )


def _with_company(conversation: Conversation, rows: list[Statement]) -> list[Waiting]:
    if not rows:
        return []
    numbers = numbers_of(conversation.pk, {row.author_id for row in rows if row.author_id})
    others = [(other, _shapes(other)) for other in open_statements(conversation).select_related("item")]
    return [
        Waiting(
            row,
            numbers.get(row.author_id or 0),
            _closest(row, others, least=NEAR)[:MOST_NEAR],
            signs_seen(row.item),
        )
        for row in rows
    ]


def merge_candidates(statement: Statement) -> list[Statement]:
    """Open statements it may say the same as, most alike first."""
    others = [(other, _shapes(other)) for other in _targets(statement).select_related("item")]
    return _closest(statement, others, least=LEAST_LIKE)[:MOST_CANDIDATES]


def merge_target(statement: Statement, number: int) -> Statement | None:
    """The open statement of that number, if it can stand for this one."""
    return _targets(statement).filter(number=number).select_related("item").first()


def _targets(statement: Statement) -> QuerySet[Statement]:
    return open_statements(statement.conversation).exclude(pk=statement.pk)


def _shapes(statement: Statement) -> list[frozenset[str]]:
    return [shingles(text) for text in all_texts(statement.item.title)]


def _closest(
    statement: Statement, others: Iterable[tuple[Statement, list[frozenset[str]]]], *, least: float
) -> list[Statement]:
    wanted = _shapes(statement)
    found = []
    for other, shapes in others:
        score = max((likeness(one, shape) for one in wanted for shape in shapes), default=0.0)
        if other.pk != statement.pk and score >= least:
            found.append((score, other))
    found.sort(key=lambda pair: (-pair[0], pair[1].number))
    return [other for _score, other in found]


def shown_statements(conversation: Conversation, *, after: int = -1) -> list[Statement]:
    """All but the waiting ones, by number; one page and one more row to say that there is a next."""
    return list(
        conversation.statements.exclude(item__state=ItemState.HELD)
        .filter(number__gt=after)
        .select_related("item", "merged_into__item")
        .annotate(people=Count("votes"))
        .order_by("number")[: PAGE + 1]
    )
