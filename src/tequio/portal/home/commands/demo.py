"""`tequio demo load` and `tequio demo people`."""

from __future__ import annotations

import argparse
import json
import time

from tequio.base.command_line import NOT_SO, CommandFailed

HELP = "load the demonstration, or list the people one can sign in as"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="load|people", required=True)
    sub.add_parser("load", help="places, invented people, conversations and their answers, as of today")
    people = sub.add_parser("people", help="the invented people and the addresses to sign in with")
    people.add_argument("--json", action="store_true", help="as JSON, for scripts")


def run(options: argparse.Namespace) -> int:
    refuse_elsewhere()
    return load() if options.what == "load" else list_people(as_json=options.json)


def refuse_elsewhere() -> None:
    """Invented people have no place in a database that belongs to somebody."""
    from django.conf import settings

    if not settings.IS_DEMO:
        raise CommandFailed(
            "This database is not a demonstration: “make run” makes one where there is no database yet. "
            "A database behind DATABASE_URL never is one.",
            NOT_SO,
        )


def load() -> int:
    from tequio.portal.home.demo import AlreadyLoaded, load_demo

    began = time.monotonic()
    try:
        made = load_demo()
    except AlreadyLoaded as already:
        raise CommandFailed("The demonstration is loaded already.", NOT_SO) from already
    print(
        f"{made.places} places, {made.people} invented people, {made.conversations} conversations, "
        f"{made.processes} whole processes, {made.organisations} organisations "
        f"in {time.monotonic() - began:.1f} s"
    )
    return 0


def list_people(*, as_json: bool) -> int:
    from tequio.people.demo import people_loaded
    from tequio.portal.home.demo.people import sign_ins

    if not people_loaded():
        raise CommandFailed("The demonstration is not loaded yet: “tequio demo load” does it.", NOT_SO)
    people = sign_ins()
    if as_json:
        print(json.dumps(people, ensure_ascii=False, indent=2))
        return 0
    print("All of them are invented. Sign in with the address; the code lies in the page “Mailbox”.")
    names = ("name", "role", "place", "language", "sign_in")
    widths = {name: max(len(person[name]) for person in people) for name in names}  # type: ignore[literal-required]
    for person in people:
        print("  ".join(f"{person[name]:<{widths[name]}}" for name in names).rstrip())  # type: ignore[literal-required]
    return 0
