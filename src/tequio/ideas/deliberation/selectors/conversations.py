"""Lists of conversations, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from tequio.base.multilingual import Reading, original_language, read
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import OpenOrder, Page, listed, open_now, open_order, over, page_of
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Conversation, Statement
from .taking_part import open_statements

STATES = ("open", "over", "all")
MINUTES_A_STATEMENT = 0.15
STATEMENTS_A_PAGE = 100


@dataclass(frozen=True)
class ConversationPage:
    """What the page of a conversation says beside the question itself."""

    conversation: Conversation
    statements: int
    minutes: int
    answered_by_organiser: int


def conversation_page(conversation: Conversation) -> ConversationPage:
    numbers = open_statements(conversation).aggregate(
        statements=Count("pk"), answered=Count("pk", filter=Q(answer__isnull=False))
    )
    return ConversationPage(
        conversation,
        statements=numbers["statements"],
        minutes=max(1, round(numbers["statements"] * MINUTES_A_STATEMENT)),
        answered_by_organiser=numbers["answered"],
    )


def conversation_list(
    person: Person | None, *, territory_id: int | None, state: str, before: str, after: str
) -> tuple[Page, OpenOrder | None]:
    """One page, and the rule it is ordered by where that is a recipe; all others stand newest first."""
    items = listed(person, kind="conversation", territory_id=territory_id)
    if state == "open":
        order = open_order(territory_id)
        return Page(list(open_now(items, order)[:50])), order
    if state == "over":
        return Page(list(over(items)[:50])), None
    return page_of(items, before=before, after=after), None


def drafts_of(person: Person | None) -> list[Item]:
    """Her conversations that nobody else sees yet."""
    if person is None or person.is_guest:
        return []
    return list(
        Item.objects.filter(author=person, kind="conversation", state=ItemState.DRAFT)
        .select_related("territory")
        .order_by("-id")[:20]
    )


@dataclass(frozen=True)
class StatementPage:
    """Some statements; `after` is the number to go on from, None at the end."""

    items: list[Statement]
    after: int | None


def statements_of(conversation: Conversation) -> list[Statement]:
    """All that people can answer, in the order of their numbers, with the organiser's answers."""
    return list(open_statements(conversation).select_related("item", "answer").order_by("number"))


def statement_page(conversation: Conversation, *, after: str) -> StatementPage:
    """A hundred at a time; `after` is the last number seen, anything else begins at the beginning."""
    rows = open_statements(conversation).select_related("item", "answer").order_by("number")
    if after.isdecimal() and len(after) < 10:
        rows = rows.filter(number__gt=int(after))
    found = list(rows[: STATEMENTS_A_PAGE + 1])
    shown = found[:STATEMENTS_A_PAGE]
    return StatementPage(shown, shown[-1].number if len(found) > len(shown) else None)


def places_with_conversations() -> list[Territory]:
    """Places that have a published conversation, for the filter."""
    return list(
        Territory.objects.filter(items__kind="conversation", items__state=ItemState.PUBLISHED)
        .distinct()
        .order_by("code")
    )


def versions_of(statement: Statement) -> list[Reading]:
    """The original first, then each translation."""
    field = statement.item.title
    origin = original_language(field)
    return [read(field, tag) for tag in (origin, *(tag for tag in sorted(field) if tag != origin))]
