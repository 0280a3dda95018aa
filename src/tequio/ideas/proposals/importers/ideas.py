"""Ideas from a table: each row is looked at before any is written, then they come in some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.actor import Actor
from tequio.base.money import currencies
from tequio.base.multilingual import original_text
from tequio.base.rows import Cells, Report
from tequio.formats.table import Row, Table
from tequio.ideas.processes.models import Process
from tequio.territories.models import Territory
from tequio.territories.selectors import named

from ..selectors.bringing import known_ids
from ..services import Brought, Words, bring_ideas

AT_ONCE = 500
MOST_TROUBLES = 200
SHOWN_FIRST = 5
LONGEST_ID, LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_URL = 100, 200, 1_000, 20_000, 500
MOST_MONEY, MOST_SUPPORTS = Decimal(10) ** 15, 2_000_000_000
NAMES: dict[str, str | Promise] = {
    "id": gettext_lazy("Id at the source"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "what": gettext_lazy("What"),
    "why": gettext_lazy("Why"),
    "for_whom": gettext_lazy("For whom"),
    "cost": gettext_lazy("Rough cost"),
    "currency": gettext_lazy("Currency"),
    "territory": gettext_lazy("Place"),
    "language": gettext_lazy("Language of the original"),
    "made_at": gettext_lazy("Written on"),
    "withdrawn_at": gettext_lazy("Withdrawn on"),
    "url": gettext_lazy("Address at the source"),
    "supports": gettext_lazy("Supports at the source"),
}
OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class Origin:
    """What the operator says beside the file. `territory` is for rows that name no place; they enter `process`."""

    source: str
    territory: Territory | None = None
    licence: str = ""
    process: Process | None = None


def look_through(table: Table, origin: Origin) -> Report:
    """What an import would do: how many rows are new, known, wrong; nothing is written."""
    report, seen = Report(), dict[str, int]()
    for rows in _some(table.rows(), AT_ONCE):
        good = []
        for row, idea in zip(rows, _read(rows, origin, report), strict=True):
            if idea is not None and _is_first(row, idea, seen, report):
                good.append(idea)
        known = set(known_ids(origin.source, [idea.external_id for idea in good]))
        fresh = [idea for idea in good if idea.external_id not in known]
        report.rows += len(rows)
        report.made += len(fresh)
        report.known += len(good) - len(fresh)
        room = SHOWN_FIRST - len(report.first)
        report.first += [original_text(idea.words.title) for idea in fresh[:room]]
    return report


def import_ideas(
    table: Table, origin: Origin, *, by: Actor, on_progress: OnProgress = lambda done: None
) -> Report:
    """Take in the rows that are right; those brought before are passed over. One transaction for each 500."""
    report, seen, digest = Report(), dict[str, int](), table.digest()
    for rows in _some(table.rows(), AT_ONCE):
        read = zip(rows, _read(rows, origin, report), strict=True)
        good = [idea for row, idea in read if idea is not None and _is_first(row, idea, seen, report)]
        made = bring_ideas(
            good, source=origin.source, licence=origin.licence, process=origin.process, digest=digest, by=by
        )
        report.rows += len(rows)
        report.made += made
        report.known += len(good) - made
        on_progress(report.rows)
    return report


def _some(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while found := list(islice(rows, size)):
        yield found


def _is_first(row: Row, idea: Brought, seen: dict[str, int], report: Report) -> bool:
    first = seen.setdefault(idea.external_id, row.line)
    if first == row.line:
        return True
    cells = Cells(row.line, row.cells, NAMES)
    cells.complain("id", _("The same id stands in line %(line)d.") % {"line": first})
    _keep(cells, report)
    return False


def _read(rows: list[Row], origin: Origin, report: Report) -> Iterator[Brought | None]:
    """Each row as an idea, or None where something is wrong, which `report` then says."""
    places = named({row.cells["territory"].strip() for row in rows if "territory" in row.cells})
    for row in rows:
        cells = Cells(row.line, row.cells, NAMES)
        idea = _idea(cells, places, origin)
        if cells.troubles:
            _keep(cells, report)
        yield None if cells.troubles else idea


def _keep(cells: Cells, report: Report) -> None:
    report.wrong_rows += 1
    report.troubles += cells.troubles[: max(0, MOST_TROUBLES - len(report.troubles))]


def _idea(cells: Cells, places: Mapping[str, Territory], origin: Origin) -> Brought | None:
    words = _words(cells)
    external_id = cells.line_of("id", longest=LONGEST_ID, is_needed=True)
    place = _place(cells, places, origin)
    url = cells.line_of("url", longest=LONGEST_URL)
    if url and not url.startswith(("https://", "http://")):
        cells.complain("url", _("An address begins with https:// or http://."))
    made_at, withdrawn_at = cells.moment("made_at"), cells.moment("withdrawn_at")
    supports = cells.number("supports", most=MOST_SUPPORTS)
    if place is None or cells.troubles:
        return None
    return Brought(external_id, words, place, made_at, withdrawn_at is not None, url, supports)


def _words(cells: Cells) -> Words:
    origin = cells.line_of("language", longest=35)
    cost = cells.amount("cost", most=MOST_MONEY)
    currency = cells.line_of("currency", longest=3).upper()
    if cost is not None and currency not in currencies():
        cells.complain("currency", _("Write the currency’s three letters, as EUR, MXN or XOF."))
    return Words(
        title=cells.words("title", longest=LONGEST_TITLE, is_needed=True, origin=origin),
        summary=cells.words("summary", longest=LONGEST_SUMMARY, origin=origin),
        what=cells.words("what", longest=LONGEST_TEXT, origin=origin),
        why=cells.words("why", longest=LONGEST_TEXT, origin=origin),
        for_whom=cells.words("for_whom", longest=LONGEST_TEXT, origin=origin),
        cost=cost,
        currency=currency if cost is not None else "",
    )


def _place(cells: Cells, places: Mapping[str, Territory], origin: Origin) -> Territory | None:
    code = cells.cells.get("territory", "").strip()
    found = places.get(code) if code else origin.territory
    if found is None and code:
        cells.complain("territory", _("There is no place with the code “%(code)s”.") % {"code": code[:40]})
    elif found is None:
        cells.complain("territory", _("This is missing."))
    return found
