"""`tequio import-polis DIR --territory CODE`"""

from __future__ import annotations

import argparse
from pathlib import Path

from tequio.base.actor import SYSTEM
from tequio.base.command_line import NOT_SO, CommandFailed
from tequio.base.languages import CONTENT

HELP = "import a conversation from an export folder of the field"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="folder with votes.csv and comments.csv, or .gz"
    )
    parser.add_argument(
        "--territory", required=True, metavar="CODE", help="the place it belongs to, as TG or ES-BI"
    )
    parser.add_argument(
        "--language", default="en", metavar="xx", help="language of its statements (default en)"
    )
    parser.add_argument("--question", default="", help="the question, if summary.csv does not have it")
    parser.add_argument("--licence", default="", help="licence and attribution, shown on its page")
    parser.add_argument(
        "--again", action="store_true", help="import although the same files were imported before"
    )


def run(options: argparse.Namespace) -> int:
    from tequio.base.errors import Refused
    from tequio.formats.errors import FormatError
    from tequio.ideas.deliberation.importers import ImportedBefore, import_folder
    from tequio.territories.models import Territory

    territory = Territory.objects.filter(code=options.territory).first()
    if territory is None:
        raise CommandFailed(
            f"there is no place with the code “{options.territory}”; `tequio territories load` adds places"
        )
    if options.language not in CONTENT:
        raise CommandFailed(
            f"“{options.language}” is not a language we know; choose one of {', '.join(CONTENT)}"
        )
    try:
        conversation = import_folder(
            options.folder, territory=territory, language=options.language, question=options.question,
            licence=options.licence, again=options.again, by=SYSTEM,
        )  # fmt: skip
    except (FormatError, Refused, OSError) as wrong:
        raise CommandFailed(str(wrong)) from wrong
    except ImportedBefore as before:
        raise CommandFailed(
            f"the same files are conversation {before.conversation.pk} already; --again imports them once more",
            NOT_SO,
        ) from before
    count = conversation.item.count
    print(
        f"conversation {conversation.pk}: {conversation.statements.count()} statements, "
        f"{count.people} participants, {count.acts} votes"
    )
    return 0
