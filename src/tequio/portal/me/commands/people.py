"""`tequio people …`: roles, and what somebody asks for by post: a copy of all that is hers, or to be erased."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tequio.base.command_line import NOT_SO, CommandFailed
from tequio.people.commands import roles

if TYPE_CHECKING:
    from tequio.people.models import Person

HELP = "grant or end a role; give somebody a copy of all that is hers, or erase her"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="word", metavar="grant|end|list|export|erase", required=True)
    roles.add_words(sub)
    export = sub.add_parser("export", help="write everything that is hers into a zip file")
    export.add_argument("email", help="her proven address")
    export.add_argument("file", type=Path, help="the file to write; one that is there is not touched")
    export.add_argument("--language", choices=("es", "en", "fr"), help="language of the page (default: hers)")
    erase = sub.add_parser("erase", help="erase her at once; nobody can bring it back")
    erase.add_argument("email", help="her proven address")
    erase.add_argument("--reason", required=True, choices=("letter", "guardian", "authority", "death"))
    erase.add_argument("--take-answers", action="store_true", help="her answers are counted no more, either")
    erase.add_argument("--yes", action="store_true", help="do not ask once more")


def run(options: argparse.Namespace) -> int:
    if options.word not in OWN:
        return int(options.act(options))
    return OWN[options.word](_person(options.email), options)


def _person(email: str) -> Person:
    from allauth.account.models import EmailAddress

    row = (
        EmailAddress.objects.filter(email=email.strip().lower(), verified=True).select_related("user").first()
    )
    if row is None:
        raise CommandFailed("Nobody here has proven this address.", NOT_SO)
    return row.user


def export(person: Person, options: argparse.Namespace) -> int:
    from tequio.portal.me.services.copying import copy_by_operator

    try:
        with options.file.open("xb") as out:
            options.file.chmod(0o600)
            copy_by_operator(person, out, language=options.language or person.language)
    except FileExistsError as error:
        raise CommandFailed(f"{options.file} is there already; nothing was written.") from error
    except OSError as error:
        raise CommandFailed(f"{options.file} cannot be written: {error.strerror}.") from error
    print(f"{options.file}: {options.file.stat().st_size:,} bytes, for her alone")
    return 0


def erase(person: Person, options: argparse.Namespace) -> int:
    from tequio.portal.me.services.erasing import erase_by_operator

    if not options.yes and not _is_sure():
        raise CommandFailed("Nothing was erased.", NOT_SO)
    row = erase_by_operator(person, reason=options.reason, takes_answers=options.take_answers)
    print(f"erased; the record of it is {row.uid}")
    return 0


def _is_sure() -> bool:
    if not sys.stdin.isatty():
        raise CommandFailed("Say --yes: nobody can bring it back.")
    return input("Nobody can bring it back. Type “erase” to go on: ").strip() == "erase"


OWN = {"export": export, "erase": erase}
