"""A copy of all that is somebody's: asked for, written by the worker, kept a week."""

from __future__ import annotations

import tempfile
from typing import IO

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.base.languages import current
from tequio.files.models import StoredFile
from tequio.files.services import store_made
from tequio.guards.services import spend
from tequio.people.models import Person

from ..enums import CopyState
from ..models import COPY_KEPT, DataCopy
from ..permissions import can_copy
from .packing import Pack, archive_name

COPIES_A_DAY = 3
ZIP = "application/zip"


@transaction.atomic
def ask_copy(person: Person, *, by: Person) -> DataCopy:
    """Write down the wish; the worker does it. Where one is being written already, that one."""
    if not can_copy(by, person):
        raise Refused(_("Only she herself can have this copy."))
    running = DataCopy.objects.filter(person=person, state__in=[CopyState.WAITING, CopyState.RUNNING]).first()
    if running is not None:
        return running
    spend("copy", who=person.audit_id, limit=COPIES_A_DAY, seconds=86_400)
    row = DataCopy.objects.create(person=person, language=current())
    audit.record("person.copy", person, by=by, copy=row.pk)
    later("me.copy", once=f"copy-{person.pk}", pk=row.pk)
    return row


def write_copy(pk: int) -> None:
    """Write it and keep it. A second run, after a worker died, begins anew."""
    row = DataCopy.objects.select_related("person__home").filter(pk=pk).first()
    if row is None or not row.is_running or not row.person.is_active:
        return
    try:
        with tempfile.TemporaryFile() as out:
            write_archive(row.person, out, language=row.language, row=row)
            _keep(row, out)
    except Exception:
        _end(row, CopyState.FAILED)
        raise


def write_archive(person: Person, out: IO[bytes], *, language: str, row: DataCopy | None = None) -> None:
    """The archive itself; how far it is stands in `row`, for the page that waits."""
    with translation.override(language):
        pack = Pack(person, out)
        if row is not None:
            DataCopy.objects.filter(pk=row.pk).update(state=CopyState.RUNNING, done=0, total=pack.count())
        pack.write(lambda rows: _progress(row, rows))


def _progress(row: DataCopy | None, rows: int) -> None:
    if row is not None:
        DataCopy.objects.filter(pk=row.pk).update(done=F("done") + rows)


@transaction.atomic
def _keep(row: DataCopy, out: IO[bytes]) -> None:
    """Only if she is still there: a copy of somebody who was erased meanwhile goes with her."""
    person = Person.objects.select_for_update().filter(pk=row.person_id, is_active=True).first()
    if person is None or not DataCopy.objects.filter(pk=row.pk).exists():
        return
    with translation.override(row.language):
        row.file = store_made(archive_name(person), ZIP, out)
    row.save(update_fields=["file"])
    _end(row, CopyState.DONE)


def _end(row: DataCopy, state: str) -> None:
    DataCopy.objects.filter(pk=row.pk).update(state=state, ended_at=timezone.now())


@transaction.atomic
def prune_copies() -> int:
    """After a week the file and the mention of it go. Returns how many."""
    return forget_copies(DataCopy.objects.filter(asked_at__lt=timezone.now() - COPY_KEPT), by=None)


def forget_copies(rows: object, *, by: Actor | None) -> int:
    """The files of these copies, and the rows."""
    found = list(rows.values_list("pk", "file"))  # type: ignore[attr-defined]
    DataCopy.objects.filter(pk__in=[pk for pk, _file in found]).delete()
    StoredFile.objects.filter(pk__in=[file for _pk, file in found if file]).delete()
    return len(found)


def copy_by_operator(person: Person, out: IO[bytes], *, language: str, by: Actor = SYSTEM) -> None:
    """Straight into a file, for a wish that came by another way."""
    with transaction.atomic():
        audit.record("person.copy", person, by=by)
    write_archive(person, out, language=language)
