"""`tequio outbox`: what has not gone out yet, and trying again. Never shows what is written in it."""

from __future__ import annotations

import argparse
import json

from tequio.base.command_line import CommandFailed

HELP = "letters, SMS and webhooks that wait or were given up; try them again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="WORD")
    listed = words.add_parser("list", help="what waits and what was given up (also without any word)")
    listed.add_argument("--json", action="store_true", help="as JSON: {counts, unsent: [{name, where, …}]}")
    listed.add_argument("--limit", type=int, default=200, metavar="N", help="at most N of each way out (200)")
    again = words.add_parser("retry", help="make it due now, what was given up too")
    again.add_argument("names", nargs="*", metavar="NAME", help="as listed, such as mail:12 or sms:3")
    again.add_argument("--all", action="store_true", help="everything that has not gone out")


def run(options: argparse.Namespace) -> int:
    if options.word == "retry":
        return _retry(options)
    return _list(limit=getattr(options, "limit", 200), as_json=getattr(options, "json", False))


def _list(*, limit: int, as_json: bool) -> int:
    from .selectors import how_many, unsent

    counts, rows = how_many(), unsent(limit)
    if as_json:
        shown = [
            {
                "name": row.name, "where": row.where, "written_at": row.written_at.isoformat(),
                "due_at": None if row.is_given_up else row.due_at.isoformat(), "tries": row.tries,
                "state": "given up" if row.is_given_up else "waits", "trouble": row.trouble,
            }
            for row in rows
        ]  # fmt: skip
        numbers = {channel: {"waits": waits, "given_up": gone} for channel, (waits, gone) in counts.items()}
        print(json.dumps({"counts": numbers, "unsent": shown}, ensure_ascii=False, indent=2))
        return 0
    for channel, (waits, gone) in counts.items():
        print(f"{channel}: {waits} waiting, {gone} given up")
    for row in rows:
        state = "given up" if row.is_given_up else f"due {row.due_at:%Y-%m-%d %H:%M:%S}"
        print(
            f"{row.name:12} {row.where:30} written {row.written_at:%Y-%m-%d %H:%M} "
            f"{state}, tries {row.tries} {row.trouble}".rstrip()
        )
    return 0


def _retry(options: argparse.Namespace) -> int:
    from .enums import Channel
    from .services.delivering import retry

    if bool(options.names) == options.all:
        raise CommandFailed("Say which: names as `tequio outbox` lists them, or --all.")
    if options.all:
        print(f"{sum(retry(channel) for channel in Channel)} will be tried again.")
        return 0
    chosen: dict[Channel, list[int]] = {}
    for name in options.names:
        channel, _colon, number = name.partition(":")
        if channel not in list(Channel) or not number.isdecimal():
            raise CommandFailed(f"{name} is no name of the list; names look like mail:12.")
        chosen.setdefault(Channel(channel), []).append(int(number))
    number = sum(retry(channel, pks) for channel, pks in chosen.items())
    print(f"{number} will be tried again.")
    return 0
