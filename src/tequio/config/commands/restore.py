"""`tequio restore FILE`: the database as a backup says, or untouched."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tequio.config.commands.backup import megabytes, tell_every

HELP = "bring back everything from a file that 'tequio backup' wrote"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what 'tequio backup' wrote")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="lose what is in the database now (without it, only an empty one is filled)",
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether it could be done; change nothing"
    )


def run(options: argparse.Namespace) -> int:
    from django.db import connections

    from tequio.config.backup import check, restore
    from tequio.config.preparation import prepare, unapplied_migrations

    connections.close_all()  # ours would be in its own way
    way = check(options.file, replace=options.replace)
    made = way.manifest
    print(
        f"tequio: {options.file}: made {made.made_at} by version {made.version}, {made.rows:,} rows, "
        f"{megabytes(way.size)}; the file is sound."
    )
    if way.has_other_key:
        print(
            "tequio: it was made with another TEQUIO_SECRET_KEY: guests begin anew, and receivers of webhooks "
            "need new secrets. To keep them, set the old key.",
            file=sys.stderr,
        )
    if options.check:
        return 0
    began = time.monotonic()
    restore(options.file, replace=options.replace, on_progress=tell_every(total=way.size))
    missing = unapplied_migrations()
    if missing:
        print(f"tequio: the backup is older than this version; {len(missing)} migrations follow.")
        prepare()
    print(
        f"tequio: restored in {time.monotonic() - began:.1f} s, every table compared row by row. Members sign in again; "
        "guests stay. Now run 'tequio verify'."
    )
    return 0
