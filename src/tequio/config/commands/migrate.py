"""`tequio migrate`: the step between installing a version and serving it."""

from __future__ import annotations

import argparse

from tequio.base.command_line import NOT_SO

HELP = "bring the database's tables, the translations and the static files up to date"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing; name what is missing (exit code 1 if anything is)",
    )


def run(options: argparse.Namespace) -> int:
    from tequio.config.preparation import prepare, unapplied_migrations

    missing = unapplied_migrations()
    if options.check:
        for name in missing:
            print(f"not applied: {name}")
        return NOT_SO if missing else 0
    prepare()
    print(f"tequio: {len(missing)} migrations applied." if missing else "tequio: the tables are up to date.")
    return 0
