"""Somebody is erased: what was written to her goes, sent or not."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tequio.base.actor import Actor

from ..models import Letter, TextMessage


def forget_letters(rows: QuerySet[Letter], *, by: Actor) -> int:
    """The files, where letters are written into a folder instead of being sent; the rows are the caller's."""
    return _forget_files(rows, settings.MAIL_FOLDER, ".eml")


def forget_text_messages(rows: QuerySet[TextMessage], *, by: Actor) -> int:
    return _forget_files(rows, settings.SMS_FOLDER, ".json")


def _forget_files(rows: QuerySet[Letter] | QuerySet[TextMessage], folder: str, ending: str) -> int:
    if not folder:
        return 0
    keys = list(rows.values_list("key", flat=True))

    def remove() -> None:
        for key in keys:
            (Path(folder) / f"{key}{ending}").unlink(missing_ok=True)

    transaction.on_commit(remove)
    return len(keys)
