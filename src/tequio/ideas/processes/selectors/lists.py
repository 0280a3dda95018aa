"""Lists of processes, by place and state, in two orders, page by page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from tequio.base.text import read_id
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.selectors import PAGE, Page, listed, open_now, over, page_of, read_cursor
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import ListOrder, ListState

NEVER = "never"


def process_list(
    person: Person | None,
    *,
    territory_id: int | None,
    state: str,
    order: str,
    before: str = "",
    after: str = "",
) -> Page:
    """One page. Closing soonest leads on by `older` alone: what has closed meanwhile is not gone back to."""
    items = listed(person, kind="process", territory_id=territory_id)
    if state == ListState.OPEN:
        items = open_now(items)
    elif state == ListState.OVER:
        items = over(items)
    if order == ListOrder.CLOSING:
        return _closing_page(items, before)
    return page_of(items.order_by("-published_at", "-id"), before=before, after=after)


def _closing_page(items: QuerySet[Item], before: str) -> Page:
    """By the end, those without one last; the cursor is the last row's end and id."""
    moment, _between, pk = before.partition("_")
    if moment == NEVER and (last := read_id(pk)) is not None:
        items = items.filter(closes_at=None, id__lt=last)
    elif cursor := read_cursor(before):
        at, number = cursor
        later = Q(closes_at=None) | Q(closes_at__gt=at)
        items = items.filter(later | Q(closes_at=at, id__lt=number))
    rows = list(items.order_by(F("closes_at").asc(nulls_last=True), "-id")[: PAGE + 1])
    shown = rows[:PAGE]
    return Page(shown, older=_cursor(shown[-1].closes_at, shown[-1].pk) if len(rows) > PAGE else "")


def _cursor(moment: datetime | None, pk: int) -> str:
    return f"{moment.isoformat() if moment else NEVER}_{pk}"


def drafts_of(person: Person | None) -> list[Item]:
    """Her processes that are not open yet, or wait for a moderator."""
    if person is None or person.is_guest:
        return []
    rows = Item.objects.filter(author=person, kind="process", state__in=[ItemState.DRAFT, ItemState.HELD])
    return list(rows.select_related("territory").order_by("-id")[:20])


def places_with_processes() -> list[Territory]:
    """Places that have a published process, for the filter."""
    rows = Territory.objects.filter(items__kind="process", items__state=ItemState.PUBLISHED)
    return list(rows.distinct().order_by("code"))
