"""Asking for an import, carrying it out in the worker, telling how far it is and what was wrong."""

from __future__ import annotations

import hashlib
import io
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.formats.errors import FormatError
from tequio.formats.polis import PolisExport, read_uploads
from tequio.formats.polis_upload import LARGEST_TEXT, open_upload
from tequio.guards.services import spend
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import ImportState
from ..models import Conversation, ConversationImport, ImportFile
from ..permissions import can_open
from .taking_in import Origin, take_in

log = logging.getLogger("tequio.import")
UPLOADS_A_DAY = 20
# Any number that no other lock of ours uses; the second is the import's id.
LOCK = 71_002
OVER = {ImportState.DONE, ImportState.FAILED}


@transaction.atomic
def ask_for_import(
    files: Sequence[tuple[str, bytes]],
    *,
    territory: Territory,
    language: str,
    question: str = "",
    licence: str = "",
    by: Person,
) -> ConversationImport:
    """Keep the files for the worker. Files that were taken in before wait until she says that she wants them again."""
    if not can_open(by, territory):
        raise Refused(_("Only facilitators and stewards of this place can open a conversation."))
    spend("upload", who=by.audit_id, limit=UPLOADS_A_DAY, seconds=86_400)
    digest = digest_of(files)
    earlier = earlier_import(digest)
    row = ConversationImport.objects.create(
        territory=territory, by=by, language=language, question=question, licence=licence, digest=digest,
        total=sum(len(content) for _name, content in files),
        trouble={"same_as": earlier.pk} if earlier else {},
    )  # fmt: skip
    ImportFile.objects.bulk_create(
        [ImportFile(of=row, name=name, content=content) for name, content in files]
    )
    audit.record("import.ask", row, by=by, digest=digest)
    if not earlier:
        _start(row)
    return row


@transaction.atomic
def import_again(row: ConversationImport, *, by: Person) -> None:
    """Go on although the same files were taken in before."""
    locked = _lock_own(row, by)
    if locked.state == ImportState.WAITING and locked.trouble:
        locked.trouble = {}
        locked.save(update_fields=["trouble"])
        audit.record("import.again", locked, by=by)
        _start(locked)


@transaction.atomic
def drop_import(row: ConversationImport, *, by: Person) -> None:
    """Leave it, as the same files were taken in before; the files go."""
    locked = _lock_own(row, by)
    if locked.state == ImportState.WAITING and locked.trouble:
        audit.record("import.drop", locked, by=by)
        locked.delete()


def _lock_own(row: ConversationImport, by: Person) -> ConversationImport:
    if row.by_id != by.pk:
        raise Refused(_("Only who asked for an import can change it."))
    return ConversationImport.objects.select_for_update().get(pk=row.pk)


def _start(row: ConversationImport) -> None:
    later("deliberation.import_conversation", once=f"import-{row.pk}", pk=row.pk)


def digest_of(files: Sequence[tuple[str, bytes]]) -> str:
    """SHA-256 over the files' contents, in whatever order they came."""
    parts = sorted(hashlib.sha256(content).hexdigest() for _name, content in files)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def earlier_import(digest: str) -> Conversation | None:
    """The conversation these files became before, if it is still shown."""
    return (
        Conversation.objects.filter(source__digest=digest, item__state="published", item__hidden_by="")
        .order_by("pk")
        .first()
    )


def run_import(pk: int) -> None:
    """The worker's part: read, then save everything in one transaction; safe to run again."""
    row = ConversationImport.objects.select_related("territory", "by").filter(pk=pk).first()
    if row is None or row.state in OVER:
        return
    began = time.monotonic()
    try:
        _tell(row, state=ImportState.READING, done=0)
        export = _read(row)
        _tell(row, state=ImportState.SAVING, done=0, total=len(export.votes))
        _save(row, export, began)
    except FormatError as wrong:
        _fail(row, trouble_of(wrong))
    except Refused as refused:
        _fail(row, {"said": str(refused.reason)})
    except Exception:
        log.exception("import %s broke", row.pk)
        _fail(row, {"said": "broken"})
        raise


def _read(row: ConversationImport) -> PolisExport:
    files = [(file.name, io.BytesIO(bytes(file.content))) for file in row.files.order_by("pk")]
    return read_uploads(open_upload(files), largest=LARGEST_TEXT)


@transaction.atomic
def _save(row: ConversationImport, export: PolisExport, began: float) -> None:
    """The conversation and the word that it is done, together; a second worker finds the lock taken."""
    if row.by is None:
        raise Refused(_("Only facilitators and stewards of this place can open a conversation."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, row.pk % 2**31])
        if not cursor.fetchone()[0] or ConversationImport.objects.get(pk=row.pk).state in OVER:
            return
    origin = Origin(row.territory, row.language, row.question, row.licence, row.digest)
    with _progress_of(row) as on_progress:
        conversation = take_in(export, origin, by=row.by, on_progress=on_progress)
    ConversationImport.objects.filter(pk=row.pk).update(
        conversation=conversation, state=ImportState.DONE, done=conversation.item.count.acts,
        total=conversation.item.count.acts,
        seconds=round(time.monotonic() - began, 3), ended_at=timezone.now(),
    )  # fmt: skip
    row.files.all().delete()


@contextmanager
def _progress_of(row: ConversationImport) -> Iterator[Callable[[int], None]]:
    """Says how far it is over a connection of its own: within the transaction nobody would see it."""
    aside: Any = connection.copy()

    def tell(done: int) -> None:
        with aside.cursor() as cursor:
            cursor.execute(
                "UPDATE deliberation_conversationimport SET done = %s WHERE id = %s", [done, row.pk]
            )

    try:
        yield tell
    finally:
        aside.close()


def _tell(row: ConversationImport, **values: Any) -> None:
    ConversationImport.objects.filter(pk=row.pk).update(**values)


def _fail(row: ConversationImport, trouble: dict[str, Any]) -> None:
    with transaction.atomic():
        _tell(row, state=ImportState.FAILED, trouble=trouble, ended_at=timezone.now())
        row.files.all().delete()
        audit.record("import.fail", row, by=row.by)


def trouble_of(wrong: FormatError) -> dict[str, Any]:
    """What is wrong with a file, as it is kept for the page that tells it."""
    return {
        "file": wrong.file,
        "line": wrong.line,
        "column": wrong.column,
        "expected": wrong.expected,
        "found": wrong.found,
    }
