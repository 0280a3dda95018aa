"""`tequio verify`: do the books balance?"""

from __future__ import annotations

import argparse
import json

from tequio.base.command_line import NOT_SO

HELP = "check that what is stored fits together; one line for each thing that does not"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="as JSON: {checks, findings: [{check, finding}], notes}"
    )


def run(options: argparse.Namespace) -> int:
    from tequio.portal.home.selectors.balance import checks, findings, notes

    names = [name for name, _check in checks()]
    found = list(findings())
    said = list(notes())
    if options.json:
        rows = [{"check": name, "finding": words} for name, words in found]
        print(json.dumps({"checks": names, "findings": rows, "notes": said}, ensure_ascii=False, indent=2))
    else:
        for name, words in found:
            print(f"{name}: {words}")
        for words in said:
            print(f"note: {words}.")
        if not found:
            print(f"{len(names)} checks, nothing found.")
    return NOT_SO if found else 0
