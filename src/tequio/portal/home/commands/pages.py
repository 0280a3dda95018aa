"""`tequio pages`: where to look."""

from __future__ import annotations

import argparse
import json

from tequio.base.command_line import NOT_SO, CommandFailed

HELP = "print the address of the demonstration's best example of every page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON, for scripts")
    parser.add_argument("--language", choices=("es", "en", "fr"), default="en", help="language of the pages")


def run(options: argparse.Namespace) -> int:
    from django.utils import translation

    from tequio.people.demo import people_loaded
    from tequio.portal.home.demo.pages import example_pages

    from .demo import refuse_elsewhere

    refuse_elsewhere()
    if not people_loaded():
        raise CommandFailed("The demonstration is not loaded yet: “tequio demo load” does it.", NOT_SO)
    with translation.override(options.language):
        pages = example_pages()
    if options.json:
        print(json.dumps(pages, indent=2))
        return 0
    width = max(map(len, pages))
    for key, path in pages.items():
        print(f"{key:<{width}}  {path}")
    return 0
