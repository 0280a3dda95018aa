"""An export folder on disk becomes a conversation, as the command line asks."""

from __future__ import annotations

from pathlib import Path

from tequio.base.actor import Actor
from tequio.formats.polis import read_folder
from tequio.territories.models import Territory

from .models import Conversation
from .services.importing import digest_of, earlier_import
from .services.taking_in import Origin, take_in


class ImportedBefore(Exception):
    """The same files are a conversation already."""

    def __init__(self, conversation: Conversation):
        super().__init__(f"imported before as conversation {conversation.pk}")
        self.conversation = conversation


def import_folder(
    folder: Path,
    *,
    territory: Territory,
    language: str,
    question: str = "",
    licence: str = "",
    again: bool = False,
    by: Actor,
) -> Conversation:
    """Take in the folder's files. Raises FormatError, or ImportedBefore unless `again`."""
    export = read_folder(folder)
    digest = digest_of(
        [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    )
    earlier = earlier_import(digest)
    if earlier and not again:
        raise ImportedBefore(earlier)
    return take_in(export, Origin(territory, language, question, licence, digest), by=by)
