"""Ideas of a place, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.catalogue.enums import ItemState
from tequio.catalogue.selectors import Count, Page, count_of, listed, page_of
from tequio.people.models import Person
from tequio.territories.models import Territory


@dataclass(frozen=True)
class IdeaPage:
    page: Page
    count: Count


def idea_page(person: Person | None, *, territory_id: int | None, before: str, after: str) -> IdeaPage:
    items = listed(person, kind="idea", territory_id=territory_id)
    return IdeaPage(page_of(items, before=before, after=after), count_of(items))


def places_with_ideas() -> list[Territory]:
    """Places that have a published idea, for the filter."""
    rows = Territory.objects.filter(items__kind="idea", items__state=ItemState.PUBLISHED)
    return list(rows.distinct().order_by("code"))
