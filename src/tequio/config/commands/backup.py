"""`tequio backup FILE`: everything in one file, while the site runs."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

HELP = "write everything people did here, pictures included, into one file"
EVERY_S = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a file that is not there yet, readable by you only"
    )


def run(options: argparse.Namespace) -> int:
    from tequio.config.backup import take

    began = time.monotonic()
    made = take(options.file, on_progress=tell_every())
    size = options.file.stat().st_size
    print(
        f"tequio: {options.file}: {made.rows:,} rows in {len(made.tables)} tables, {megabytes(size)}, "
        f"{time.monotonic() - began:.1f} s."
    )
    return 0


def tell_every(seconds: float = EVERY_S, total: int = 0) -> Callable[[str, int], None]:
    """Says how far it is on stderr, not too often."""
    told = time.monotonic()

    def tell(what: str, number: int) -> None:
        nonlocal told
        if time.monotonic() - told < seconds:
            return
        told = time.monotonic()
        if what.startswith("bytes"):
            part = f" of {megabytes(total)}" if total else ""
            print(f"tequio: {megabytes(number)}{part} …", file=sys.stderr, flush=True)
        else:
            print(f"tequio: {what}: {number:,} …", file=sys.stderr, flush=True)

    return tell


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
