"""Comments from a table: each row is looked at before any is written, then they come in some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.actor import Actor
from tequio.base.multilingual import original_text
from tequio.base.rows import Cells, Report
from tequio.base.text import read_id
from tequio.catalogue.enums import Comments
from tequio.catalogue.models import Item
from tequio.formats.table import Row, Table

from .enums import Side
from .selectors.bringing import items_to_talk_about, known_comments
from .services.bringing import BroughtComment, bring_comments
from .services.writing import LONGEST, LONGEST_NAME

AT_ONCE = 500
MOST_TROUBLES = 200
SHOWN_FIRST = 5
LONGEST_ID = 100
NAMES: dict[str, str | Promise] = {
    "id": gettext_lazy("Id at the source"),
    "item": gettext_lazy("Item"),
    "text": gettext_lazy("Text"),
    "language": gettext_lazy("Language of the original"),
    "side": gettext_lazy("Side"),
    "reply_to": gettext_lazy("Answer to"),
    "signed": gettext_lazy("Name shown with it"),
    "made_at": gettext_lazy("Written on"),
}
OnProgress = Callable[[int], None]


@dataclass(frozen=True)
class Origin:
    """What the operator says beside the file. `item` is for rows that name none."""

    source: str
    item: Item | None = None


@dataclass
class _Run:
    """One way through the table. `seen`: {id: (line, item, is an answer)} of the rows that were right."""

    origin: Origin
    report: Report = field(default_factory=Report)
    seen: dict[str, tuple[int, int, bool]] = field(default_factory=dict)

    def read(self, rows: list[Row]) -> list[BroughtComment]:
        """Those that are right; the report says what is wrong with the others."""
        items = items_to_talk_about(
            {int(text) for row in rows if (text := _number(row.cells.get("item", "")))}
        )
        above = {row.cells["reply_to"].strip() for row in rows if "reply_to" in row.cells}
        earlier = {
            pk: (0, one.item_id, one.reply_to_id is not None)
            for pk, one in known_comments(self.origin.source, above).items()
        }
        good = []
        for row in rows:
            cells = Cells(row.line, row.cells, NAMES)
            comment = self._comment(cells, items, {**earlier, **self.seen} if "reply_to" in row.cells else {})
            if comment is None or cells.troubles:
                self.report.wrong_rows += 1
                room = max(0, MOST_TROUBLES - len(self.report.troubles))
                self.report.troubles += cells.troubles[:room]
            else:
                self.seen[comment.external_id] = (row.line, comment.item.pk, bool(comment.reply_to))
                good.append(comment)
        self.report.rows += len(rows)
        return good

    def _comment(
        self, cells: Cells, items: Mapping[int, Item], above: Mapping[str, tuple[int, int, bool]]
    ) -> BroughtComment | None:
        origin = cells.line_of("language", longest=35)
        words = cells.words("text", longest=LONGEST, is_needed=True, origin=origin)
        external_id = cells.line_of("id", longest=LONGEST_ID, is_needed=True)
        if external_id in self.seen:
            words_said = _("The same id stands in line %(line)d.") % {"line": self.seen[external_id][0]}
            cells.complain("id", words_said)
        item = _item(cells, items, self.origin)
        reply_to = cells.line_of("reply_to", longest=LONGEST_ID)
        signed = cells.line_of("signed", longest=LONGEST_NAME)
        made_at = cells.moment("made_at")
        if item is None:
            return None
        side = _side(cells, item, is_answer=bool(reply_to))
        if reply_to:
            _check_above(cells, item, above.get(reply_to))
        return BroughtComment(external_id, item, words, side, reply_to, signed, made_at)


def _number(text: str) -> int:
    """0 for what is no id."""
    return read_id(text.strip()) or 0


def _item(cells: Cells, items: Mapping[int, Item], origin: Origin) -> Item | None:
    if "item" not in cells.cells:
        if origin.item is None:
            cells.complain("item", _("This is missing."))
        return origin.item
    found = items.get(_number(cells.cells["item"]))
    if found is None:
        cells.complain("item", _("There is no item with this number that takes comments."))
    return found


def _side(cells: Cells, item: Item, *, is_answer: bool) -> str:
    side = cells.line_of("side", longest=20)
    if is_answer:
        if side:
            cells.complain("side", _("An answer stands on no side."))
        return ""
    if item.comments == Comments.FOR_AND_AGAINST and side not in Side.values:
        cells.complain("side", _("Write “for” or “against”."))
    elif item.comments == Comments.ONE_COLUMN and side:
        cells.complain("side", _("This item has no sides: leave it empty."))
    elif side and side not in Side.values:
        cells.complain("side", _("Write “for” or “against”."))
    return side


def _check_above(cells: Cells, item: Item, above: tuple[int, int, bool] | None) -> None:
    if above is None:
        cells.complain("reply_to", _("No comment with this id stands before this line."))
    elif above[1] != item.pk:
        cells.complain("reply_to", _("The comment with this id is about another item."))
    elif above[2]:
        cells.complain("reply_to", _("The comment with this id is an answer itself."))


def _some(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while found := list(islice(rows, size)):
        yield found


def look_through(table: Table, origin: Origin) -> Report:
    """What an import would do: how many rows are new, known, wrong; nothing is written."""
    run = _Run(origin)
    report = run.report
    for rows in _some(table.rows(), AT_ONCE):
        good = run.read(rows)
        known = known_comments(origin.source, [one.external_id for one in good])
        fresh = [one for one in good if one.external_id not in known]
        report.made += len(fresh)
        report.known += len(good) - len(fresh)
        report.first += [original_text(one.words) for one in fresh[: SHOWN_FIRST - len(report.first)]]
    return report


def import_comments(
    table: Table, origin: Origin, *, by: Actor, on_progress: OnProgress = lambda done: None
) -> Report:
    """Take in the rows that are right; those brought before are passed over. One transaction for each 500."""
    run, digest = _Run(origin), table.digest()
    for rows in _some(table.rows(), AT_ONCE):
        good = run.read(rows)
        made = bring_comments(good, source=origin.source, digest=digest, by=by)
        run.report.made += made
        run.report.known += len(good) - made
        on_progress(run.report.rows)
    return run.report
