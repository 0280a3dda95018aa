"""The filters and orders that lists of ideas and of problems have for readers, for programs."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Field

from tequio.base.api import invalid
from tequio.catalogue.api import PlaceAndPage, find_place
from tequio.catalogue.selectors import open_now, over
from tequio.people.models import Person
from tequio.recipes.selectors import active

from ..selectors.listing import page_by, read_wish, wished
from ..selectors.ordering import RECIPE
from ..types.listing import NEAR, NEWEST, TURNS, Row, Wish


class ListFilters(PlaceAndPage):
    """As the pages have them. `order`: all in turn by the recipe “idea-order”, newest, most, closing, near, best."""

    process: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    standing: Literal["", "open", "answered", "result"] = ""
    cost: Literal["", "with", "without"] = ""
    language: Annotated[str, Field(max_length=35)] = ""
    q: Annotated[str, Field(max_length=200, description="Words to look for.")] = ""
    order: Literal["turns", "newest", "most", "closing", "near", "best"] = "newest"
    at: Annotated[str, Field(max_length=60, description="latitude,longitude to be near to.")] = ""


def page_of(person: Person | None, kind: str, filters: ListFilters) -> tuple[list[Row], str | None]:
    """Rows of one page and the cursor of the next. Raises Problem for what cannot be."""
    find_place(filters.territory)
    wish = _wish(person, kind, filters)
    items = wished(person, wish)
    if filters.state != "all":
        narrowed = open_now(items) if filters.state == "open" else over(items)
        items = items.filter(pk__in=narrowed.order_by().values("pk"))
    rows, before = page_by(items, wish, active(RECIPE, wish.place.pk if wish.place else None), filters.limit)
    turn = f"{wish.turn}." if wish.order == TURNS else ""
    return rows, f"{turn}{before}" if before else None


def _wish(person: Person | None, kind: str, filters: ListFilters) -> Wish:
    turn, between, before = (
        filters.cursor.partition(".") if filters.order == TURNS else ("", "", filters.cursor)
    )
    if filters.cursor and filters.order == TURNS and not (between and turn.isdigit()):
        raise invalid("query.cursor", _("This is no cursor of a page before."))
    asked = {
        "place": filters.territory, "process": str(filters.process or ""), "standing": filters.standing,
        "cost": filters.cost, "language": filters.language, "q": filters.q,
        "order": filters.order, "at": filters.at, "turn": turn, "before": before,
    }  # fmt: skip
    wish = read_wish(kind, asked, person)
    if filters.process and wish.process is None:
        raise invalid("query.process", _("There is no such process that you may see."))
    if filters.order == NEAR and wish.at is None:
        raise invalid("query.at", _("Say near which point: latitude,longitude."))
    return wish if wish.order == filters.order else read_wish(kind, {**asked, "order": NEWEST}, person)
