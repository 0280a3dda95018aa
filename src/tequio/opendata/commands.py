"""`tequio import ideas FILE.csv`, `tequio import problems FILE.csv` and `tequio import comments FILE.csv`"""

from __future__ import annotations

import argparse
import locale
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tequio.base.command_line import NOT_SO, CommandFailed
from tequio.base.languages import INTERFACE

if TYPE_CHECKING:
    from tequio.base.rows import Report

HELP = "import ideas, problems or comments from a table (docs/importing.md has its columns)"
STATEMENT_TIMEOUT_MS = 0
SHOWN_TROUBLES = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="ideas|problems|comments", required=True)
    ideas = kinds.add_parser("ideas", help="ideas, one a row")
    problems = kinds.add_parser("problems", help="problems, one a row")
    comments = kinds.add_parser("comments", help="comments on items, one a row")
    for one in (ideas, problems, comments):
        one.add_argument("file", metavar="FILE.csv", type=Path)
        one.add_argument(
            "--source", default="", metavar="NAME", help="where they come from (default: the file's name)"
        )
        one.add_argument(
            "--column", action="append", default=[], metavar="OURS=THEIRS",
            help="a column of the file that has another name there, as title_es=titulo",
        )  # fmt: skip
        one.add_argument("--preview", action="store_true", help="say what would happen, and write nothing")
        one.add_argument(
            "--skip-wrong", action="store_true", help="import the other rows although some are wrong"
        )
        one.add_argument(
            "--language", choices=INTERFACE, default="", help="in which language to say what is wrong"
        )
    for one in (ideas, problems):
        one.add_argument(
            "--territory", default="", metavar="CODE", help="the place of rows that name none, as ES-MD"
        )
        one.add_argument("--licence", default="", help="licence and attribution, shown with each of them")
        one.add_argument(
            "--process", type=int, metavar="NUMBER", help="the process they enter, else the open hub"
        )
    comments.add_argument("--item", type=int, metavar="NUMBER", help="the item of rows that name none")


def run(options: argparse.Namespace) -> int:
    from django.utils import translation

    with translation.override(options.language or _operators_language()):
        return _run(options)


def _operators_language() -> str:
    said = (os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "")[:2].lower()
    return said if said in INTERFACE else "en"


def _run(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from tequio.base.actor import SYSTEM
    from tequio.formats.errors import FormatError
    from tequio.formats.table import Table

    try:
        table = Table(options.file, renamed=_renamed(options.column))
        importer, take_in, origin = _kind(options)
        report = importer(table, origin)
        for trouble in report.troubles[:SHOWN_TROUBLES]:
            print(f"{options.file.name}: {trouble}", file=sys.stderr)
        _say(report)
        if options.preview:
            return NOT_SO if report.wrong_rows else 0
        if report.wrong_rows and not options.skip_wrong:
            raise CommandFailed(_("Nothing was written. Mend these rows, or say --skip-wrong."))
        done = take_in(table, origin, by=SYSTEM, on_progress=_progress(report.rows))
    except (FormatError, OSError) as wrong:
        raise CommandFailed(str(wrong)) from wrong
    print(_("Written: %(made)d. Here already: %(known)d.") % {"made": done.made, "known": done.known})
    return 0


def _kind(options: argparse.Namespace) -> tuple[Any, Any, Any]:
    """(looks through, takes in, what the operator said) for ideas, problems or comments."""
    from tequio.discussions import importers as comments
    from tequio.discussions.selectors.bringing import items_to_talk_about
    from tequio.ideas.processes.models import Process
    from tequio.ideas.proposals.importers import ideas, problems
    from tequio.territories.selectors import named

    source = (options.source or options.file.stem)[:80]
    if options.kind == "comments":
        item = items_to_talk_about([options.item]).get(options.item) if options.item else None
        if options.item and item is None:
            raise CommandFailed(f"there is no item {options.item} that takes comments")
        return comments.look_through, comments.import_comments, comments.Origin(source, item)
    place = named([options.territory]).get(options.territory)
    if options.territory and place is None:
        raise CommandFailed(
            f"there is no place with the code “{options.territory}”; `tequio territories load` adds places"
        )
    process = Process.objects.filter(pk=options.process).first() if options.process else None
    if options.process and process is None:
        raise CommandFailed(f"there is no process {options.process}")
    origin = ideas.Origin(source, place, options.licence[:300], process)
    if options.kind == "problems":
        return problems.look_through, problems.import_problems, origin
    return ideas.look_through, ideas.import_ideas, origin


def _renamed(pairs: list[str]) -> dict[str, str]:
    renamed = {}
    for pair in pairs:
        ours, between, theirs = pair.partition("=")
        if not between or not ours.strip() or not theirs.strip():
            raise CommandFailed(f"--column {pair}: expected OURS=THEIRS, as title_es=titulo")
        renamed[ours.strip()] = theirs.strip()
    return renamed


def _say(report: Report) -> None:
    from django.utils.translation import gettext as _

    words = _("%(rows)d rows: %(made)d new, %(known)d here already, %(wrong)d wrong.")
    numbers = {"rows": report.rows, "made": report.made, "known": report.known, "wrong": report.wrong_rows}
    print(words % numbers)
    for text in report.first:
        print("  +", " ".join(text.split())[:100])


def _progress(total: int) -> Any:
    def tell(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)

    return tell
