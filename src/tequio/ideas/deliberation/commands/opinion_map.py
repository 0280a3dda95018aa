"""`tequio opinion-map`: who answered alike in a file of votes, and what all share. No database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

from tequio.algorithms.opinion_map import OpinionMap, Parameters, Votes, compute, input_digest
from tequio.base.command_line import CommandFailed
from tequio.formats.errors import FormatError, quoted
from tequio.formats.polis import comments_file, votes_file
from tequio.formats.polis_comments import Comment, read_comments
from tequio.formats.polis_source import Source
from tequio.formats.polis_votes import read_votes

HELP = "find the groups and the shared ground in a file of votes"
NEEDS_DATABASE = False

Read = TypeVar("Read")

WHY_NO_GROUPS = {
    "no_votes": "Nobody has voted.",
    "degenerate": "Nothing to compare: too few people or statements, or everybody says the same.",
    "too_few_people": "Too early to say: too few people have answered enough statements.",
    "no_distinct_groups": "No groups stand apart: every split leaves a group that is too small.",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What the files say: the votes that count, which columns are zeroed, and the statements' texts."""

    votes: Votes
    zeroed: list[int]
    meta: list[int]
    texts: dict[int, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "votes",
        type=Path,
        metavar="VOTES",
        help="votes.csv or participants-votes.csv, .gz too, or their folder",
    )
    parser.add_argument(
        "--comments", type=Path, metavar="FILE", help="comments.csv: what was moderated out, and texts"
    )
    parser.add_argument(
        "--groups", type=Path, metavar="FILE", help='JSON {"participant": group}: take these groups'
    )
    parser.add_argument(
        "--min-group-size", metavar="N", help="least people in a group (5, or 5 %% of those placed)"
    )
    parser.add_argument("--seed", default="0", metavar="N", help="starts the search for the axes (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a summary")


def run(options: argparse.Namespace) -> int:
    least = options.min_group_size
    parameters = Parameters(
        min_group_size=None if least is None else whole_number("--min-group-size", least, 1),
        seed=whole_number("--seed", options.seed, 0),
    )
    given = read_input(options.votes, options.comments)
    groups = None if options.groups is None else reading(options.groups, _read_groups)
    result = _computed(given, groups, parameters)
    if options.json:
        document = result.as_document(input_digest(given.votes))
        say(json.dumps(document, ensure_ascii=False, allow_nan=False))
    else:
        say(_summary(result, given.texts))
    return 0


def _computed(given: Given, groups: dict[int, Any] | None, parameters: Parameters) -> OpinionMap:
    """One BLAS thread: on small maps two are many times slower than one."""
    try:
        with threadpool_limits(limits=1):
            return compute(
                given.votes, zeroed=given.zeroed, meta=given.meta, groups=groups, parameters=parameters
            )
    except ValueError as impossible:
        raise CommandFailed(str(impossible)) from impossible


def say(text: str) -> None:
    """To stdout; a reader that has heard enough (`| head`) is no error."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read_input(votes: Path, comments: Path | None) -> Given:
    """Votes and, if given or in the same folder, statements; a fault becomes one clear line."""
    source = reading(votes, lambda path: votes_file(path) if path.is_dir() else Source.of_path(path))
    log = reading(votes, lambda _: read_votes(source))
    found: tuple[Comment, ...] = ()
    if comments is not None:
        found = reading(comments, lambda path: read_comments(Source.of_path(path)))
    elif votes.is_dir():
        beside = comments_file(votes)
        found = reading(votes, lambda _: read_comments(beside)) if beside else ()
    return Given(
        votes=log.last_votes(),
        zeroed=[comment.id for comment in found if comment.is_zeroed],
        meta=[comment.id for comment in found if comment.is_meta],
        texts={comment.id: comment.body for comment in found},
    )


def reading(path: Path, read: Callable[[Path], Read]) -> Read:
    """Whatever is wrong with a file, said in one line."""
    try:
        return read(path)
    except FormatError as wrong:
        raise CommandFailed(str(wrong)) from wrong
    except OSError as unreadable:
        raise CommandFailed(f"cannot read {path}: {unreadable.strerror or unreadable}") from unreadable


def whole_number(name: str, text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= least):
        raise CommandFailed(f"{name}: expected a whole number from {least} on, found {quoted(text)}")
    return int(text)


def _read_groups(path: Path) -> dict[int, Any]:
    """{participant: group} from a JSON object; groups are whole numbers or words."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            again = next(name for name in names if names.count(name) > 1)
            raise fault("each participant once", f"{quoted(again)} twice")
        return found

    def fault(expected: str, found: str, line: int | None = None, column: int | None = None) -> FormatError:
        return FormatError(path.name, expected=expected, found=found, line=line, column=column)

    text = b"".join(Source.of_path(path).chunks()).decode()
    try:
        document = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as wrong:
        raise fault("a JSON object", wrong.msg, wrong.lineno, wrong.colno) from wrong
    if not isinstance(document, dict):
        raise fault('a JSON object {"participant": group}', f"a {type(document).__name__}")
    groups = {}
    for name, group in document.items():
        digits = name.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise fault("a participant's number as key", quoted(name))
        if isinstance(group, bool) or not isinstance(group, int | str):
            raise fault(f"a group's number or name for participant {name}", quoted(json.dumps(group)))
        groups[int(name)] = group
    return groups


def _summary(result: OpinionMap, texts: dict[int, str]) -> str:
    """The result for a person to read."""

    def name(statement: int) -> str:
        body = " ".join(texts.get(statement, "").split())
        return f"{statement}  {body}" if body else str(statement)

    lines = [
        f"{len(result.participants):,} people, {len(result.statements):,} statements, "
        f"{result.vote_count:,} votes; {result.placed_count:,} people are on the map."
    ]
    lines += _shared(result, name)
    if not result.groups:
        lines += ["", WHY_NO_GROUPS[result.state]]
    for group in result.groups:
        lines += ["", f"Group {group.id}: {group.size:,} people"]
        for found in group.representative:
            often = f"{found.p:>4.0%}  {found.r:.1f} times as often as others"
            lines.append(f"  {found.direction:<8} {often}: {name(found.statement)}")
    if len(result.positions):
        lines += ["", f"The two axes show {result.explained:.0%} of all differences."]
    return "\n".join(lines)


def _shared(result: OpinionMap, name: Callable[[int], str]) -> list[str]:
    lines = []
    for title, statements in (("agree", result.consensus.agree), ("disagree", result.consensus.disagree)):
        if statements:
            lines += ["", f"Most people {title}:", *(f"  {name(statement)}" for statement in statements)]
    return lines
