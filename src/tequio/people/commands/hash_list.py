"""`tequio hash-list --salt SALT FILE`: hash a register before it leaves the office that keeps it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from tequio.base.command_line import CommandFailed
from tequio.formats.identifiers import BadList, read_list, slow_hash

HELP = "hash a CSV of identifiers and years of birth for upload; needs no database and no network"
NEEDS_DATABASE = False
SALT = re.compile(r"[0-9a-f]{32}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV in UTF-8 with the columns identifier and year_of_birth")
    parser.add_argument("--salt", required=True, help="the salt of the place, from its page “Lists”")


def run(options: argparse.Namespace) -> int:
    if not SALT.fullmatch(options.salt):
        raise CommandFailed("A salt has 32 hexadecimal digits: copy it from the page “Lists” of the place.")
    try:
        rows = read_list(options.file.read_bytes())
    except OSError as error:
        raise CommandFailed(f"{options.file}: {error.strerror}") from error
    except BadList as bad:
        raise CommandFailed(f"{options.file}, {bad}.") from bad
    print("hash")
    for row in rows:
        print(row.hash or slow_hash(row.identifier, row.year, options.salt))
    return 0
