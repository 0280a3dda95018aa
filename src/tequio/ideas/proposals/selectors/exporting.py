"""Ideas as a table."""

from __future__ import annotations

from collections.abc import Iterator

from tequio.base.multilingual import original_language, original_text
from tequio.catalogue.enums import ItemState
from tequio.formats.polis_cells import text_cell
from tequio.ideas.processes.models import Process
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..models import Idea
from ..permissions import visible_to

COLUMNS = (
    "id", "language", "title", "what", "why", "for_whom", "cost", "currency", "place", "place_name", "latitude",
    "longitude", "process", "published_at", "supports", "joined_to", "source", "external_id",
)  # fmt: skip
CHUNK = 500


def csv_lines(territory: Territory | None, process: Process | None) -> Iterator[str]:
    """Shown ideas that everybody may see, oldest first, in the words they were written in; every text is harmless
    in a spreadsheet. `cost` in whole units, `published_at` in UTC."""
    rows = visible_to(None).filter(item__state=ItemState.PUBLISHED)
    if territory is not None:
        rows = rows.filter(item__territory__in=subtree_ids(territory.pk))
    if process is not None:
        rows = rows.filter(item__entry__process=process)
    yield ",".join(COLUMNS) + "\r\n"
    found = rows.select_related("item__territory", "item__count", "item__entry", "source").order_by("pk")
    for idea in found.iterator(chunk_size=CHUNK):
        yield ",".join(_cells(idea)) + "\r\n"


def _cells(idea: Idea) -> list[str]:
    item = idea.item
    entry = getattr(item, "entry", None)
    texts = [original_text(field) for field in (item.title, idea.what, idea.why, idea.for_whom)]
    numbers = (item.latitude, item.longitude, entry.process_id if entry else None)
    return [
        str(idea.pk), original_language(item.title), *(text_cell(text) for text in texts),
        "" if idea.amount is None else f"{idea.amount:f}", idea.currency, text_cell(item.territory.code),
        text_cell(item.place_name), *("" if number is None else str(number) for number in numbers),
        item.published_at.isoformat() if item.published_at else "", str(item.count.supports),
        str(idea.merged_into_id or ""), text_cell(idea.source.name if idea.source else ""),
        text_cell(idea.external_id),
    ]  # fmt: skip
