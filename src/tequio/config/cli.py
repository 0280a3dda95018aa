"""The `tequio` command: finds the flat that knows the word and hands over.

Modules are imported only when their word is asked for, so that `tequio opinion-map` reads files
and computes without Django or a database.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from tequio import __version__
from tequio.base.command_line import CANNOT, CommandFailed

COMMANDS: dict[str, str] = {
    "territories": "tequio.territories.commands",
    "opinion-map": "tequio.ideas.deliberation.commands.opinion_map",
    "bench": "tequio.ideas.deliberation.commands.bench",
}


def build_parser(words: list[str]) -> argparse.ArgumentParser:
    """A parser that knows the asked-for command in full and the others by their help line."""
    parser = argparse.ArgumentParser(prog="tequio", description="Tequio, work done together.")
    parser.add_argument("--version", action="version", version=__version__)
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = next((word for word in words if not word.startswith("-")), None)
    for word, path in COMMANDS.items():
        if asked in (None, word):
            module = importlib.import_module(path)
            command = sub.add_parser(word, help=module.HELP, description=module.HELP)
            module.add_arguments(command)
            command.set_defaults(module=module)
        else:
            sub.add_parser(word)
    return parser


def set_up_django() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    django.setup()


def main(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    options = build_parser(words).parse_args(words)
    try:
        if getattr(options.module, "NEEDS_DATABASE", True):
            set_up_django()
        return int(options.module.run(options) or 0)
    except CommandFailed as failed:
        print(f"tequio: {failed}", file=sys.stderr)
        return failed.code
    except KeyboardInterrupt:
        return CANNOT


if __name__ == "__main__":
    sys.exit(main())
