"""Problems from a table: each row is looked at before any is written, then they come in some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.actor import Actor
from tequio.base.multilingual import original_text
from tequio.base.rows import Cells, Report
from tequio.formats.table import Row, Table
from tequio.territories.models import Territory
from tequio.territories.selectors import named

from ..enums import HowOften
from ..selectors.bringing import known_problems
from ..services.bringing_problems import BroughtProblem, bring_problems
from ..services.problems import ProblemWords
from ..types import Whereabouts, read_map_link
from .ideas import AT_ONCE, LONGEST_ID, LONGEST_TEXT, LONGEST_TITLE, MOST_TROUBLES, SHOWN_FIRST, Origin

LONGEST_PLACE = 120
NAMES: dict[str, str | Promise] = {
    "id": gettext_lazy("Id at the source"),
    "title": gettext_lazy("Title"),
    "what": gettext_lazy("What happens"),
    "who_is_affected": gettext_lazy("Who is affected"),
    "evidence": gettext_lazy("How one can see it"),
    "how_often": gettext_lazy("How often"),
    "territory": gettext_lazy("Place"),
    "place_name": gettext_lazy("Where exactly"),
    "point": gettext_lazy("Point"),
    "language": gettext_lazy("Language of the original"),
    "made_at": gettext_lazy("Written on"),
}


def look_through(table: Table, origin: Origin) -> Report:
    """What an import would do: how many rows are new, known, wrong; nothing is written."""
    report, seen = Report(), dict[str, int]()
    for good in _good(table, origin, report, seen):
        known = set(known_problems(origin.source, [one.external_id for one in good]))
        fresh = [one for one in good if one.external_id not in known]
        report.made += len(fresh)
        report.known += len(good) - len(fresh)
        room = SHOWN_FIRST - len(report.first)
        report.first += [original_text(one.words.title) for one in fresh[:room]]
    return report


def import_problems(
    table: Table, origin: Origin, *, by: Actor, on_progress: Callable[[int], None] = lambda done: None
) -> Report:
    """Take in the rows that are right; those brought before are passed over. One transaction for each 500."""
    report, seen, digest = Report(), dict[str, int](), table.digest()
    for good in _good(table, origin, report, seen):
        made = bring_problems(
            good, source=origin.source, licence=origin.licence, process=origin.process, digest=digest, by=by
        )
        report.made += made
        report.known += len(good) - made
        on_progress(report.rows)
    return report


def _good(
    table: Table, origin: Origin, report: Report, seen: dict[str, int]
) -> Iterator[list[BroughtProblem]]:
    """The right ones of each 500 rows; what is wrong with the others goes into `report`."""
    rows = table.rows()
    while some := list(islice(rows, AT_ONCE)):
        places = named({row.cells["territory"].strip() for row in some if "territory" in row.cells})
        read = [_read(row, places, origin, report, seen) for row in some]
        report.rows += len(some)
        yield [one for one in read if one is not None]


def _read(
    row: Row, places: Mapping[str, Territory], origin: Origin, report: Report, seen: dict[str, int]
) -> BroughtProblem | None:
    cells = Cells(row.line, row.cells, NAMES)
    problem = _problem(cells, places, origin)
    first = seen.setdefault(problem.external_id, row.line) if problem else row.line
    if first != row.line:
        cells.complain("id", _("The same id stands in line %(line)d.") % {"line": first})
    if not cells.troubles:
        return problem
    report.wrong_rows += 1
    report.troubles += cells.troubles[: max(0, MOST_TROUBLES - len(report.troubles))]
    return None


def _problem(cells: Cells, places: Mapping[str, Territory], origin: Origin) -> BroughtProblem | None:
    language = cells.line_of("language", longest=35)
    title = cells.words("title", longest=LONGEST_TITLE, is_needed=True, origin=language)
    bodies = {
        name: cells.words(name, longest=LONGEST_TEXT, origin=language)
        for name in ("what", "who_is_affected", "evidence")
    }
    external_id = cells.line_of("id", longest=LONGEST_ID, is_needed=True)
    often, made_at = cells.line_of("how_often", longest=12), cells.moment("made_at")
    if often and often not in HowOften.values:
        choices = ", ".join(HowOften.values)
        cells.complain("how_often", _("Write one of: %(choices)s.") % {"choices": choices})
    where, place = _where(cells), _place(cells, places, origin)
    if place is None or cells.troubles:
        return None
    words = ProblemWords(
        title, bodies["what"], bodies["who_is_affected"], bodies["evidence"], how_often=often, where=where
    )
    return BroughtProblem(external_id, words, place, made_at)


def _where(cells: Cells) -> Whereabouts:
    name, typed = cells.line_of("place_name", longest=LONGEST_PLACE), cells.cells.get("point", "").strip()
    point = read_map_link(typed) if typed else None
    if typed and point is None:
        cells.complain("point", _("Write latitude and longitude, as 6.137,1.223."))
    return Whereabouts(name, *point) if point else Whereabouts(name)


def _place(cells: Cells, places: Mapping[str, Territory], origin: Origin) -> Territory | None:
    code = cells.cells.get("territory", "").strip()
    found = places.get(code) if code else origin.territory
    if found is None:
        words = (
            _("There is no place with the code “%(code)s”.") % {"code": code[:40]}
            if code
            else _("This is missing.")
        )
        cells.complain("territory", words)
    return found
