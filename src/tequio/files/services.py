"""Taking uploads in, and letting go of what nobody uses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import IO, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.guards.services import spend

from .adapters import documents, pictures
from .adapters.names import clean_name
from .adapters.troubles import CannotTake
from .enums import ENDINGS, FileKind, Trouble
from .models import Block, Rendition, StoredFile
from .permissions import can_send_picture, can_upload
from .selectors import orphans

UPLOADS_A_DAY = 20
# Guests cost nothing to begin: what comes from one network is counted, too. Many telephones share one.
GUEST_UPLOADS_A_DAY, NETWORK_UPLOADS_A_DAY = 5, 40
DAY = 86_400
BLOCK_BYTES = 256 * 1024
# A column of text is 44 rem wide; half of it for telephones.
WIDTHS = (360, 720)
MOST_PRUNED = 500

Shape = tuple[str, int | None, int | None, bytes]


class Upload(Protocol):
    """As Django hands over what was sent; `size` in bytes."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def store_picture(
    upload: Upload, *, widths: tuple[int, ...] = WIDTHS, network: str = "", by: Actor
) -> StoredFile:
    """Take a picture in, as WebP copies of `widths` without anything that says where it was taken.

    Raises Refused with a `Trouble` as its code. The try is counted whether it works or not. Guests' pictures are
    taken only where the caller says from which `network` they come, and lets what shows them wait for a moderator.
    """
    data = _read(upload, pictures.MOST_BYTES, by, network)
    try:
        copies = pictures.shrink(data, widths)
    except CannotTake as problem:
        raise _refused(problem) from problem
    shapes: list[Shape] = [("image/webp", copy.width, copy.height, copy.content) for copy in copies]
    return _write(FileKind.PICTURE, clean_name(upload.name or "", ".webp"), shapes, by)


def store_document(upload: Upload, *, types: Iterable[str] = tuple(ENDINGS), by: Actor) -> StoredFile:
    """Take a document in as it is, under the type its content shows; only those in `types`."""
    data = _read(upload, documents.MOST_BYTES, by)
    try:
        found = documents.type_of(data, upload.name or "")
        if found not in types:
            raise CannotTake(Trouble.UNKNOWN_TYPE)
    except CannotTake as problem:
        raise _refused(problem) from problem
    return _write(
        FileKind.DOCUMENT, clean_name(upload.name or "", ENDINGS[found]), [(found, None, None, data)], by
    )


def _read(upload: Upload, most: int, by: Actor, network: str = "") -> bytes:
    _count(by, network)
    if (upload.size or 0) > most:
        raise _refused(CannotTake(Trouble.TOO_LARGE))
    return b"".join(upload.chunks())


def _count(by: Actor, network: str) -> None:
    if can_upload(by):
        if by.pk is not None:
            spend("upload", who=by.audit_id, limit=UPLOADS_A_DAY, seconds=DAY)
    elif network and can_send_picture(by):
        spend("upload", who=by.audit_id, limit=GUEST_UPLOADS_A_DAY, seconds=DAY)
        spend("guest-upload", who=f"network:{network}", limit=NETWORK_UPLOADS_A_DAY, seconds=DAY)
    else:
        raise Refused(_("Only members can upload files. Joining takes a minute."))


def _refused(problem: CannotTake) -> Refused:
    return Refused(Trouble(problem.trouble).label, code=problem.trouble)


@transaction.atomic
def _write(kind: str, name: str, shapes: list[Shape], by: Actor) -> StoredFile:
    stored = StoredFile.objects.create(kind=kind, name=name, by_id=by.pk)
    for media_type, width, height, content in shapes:
        rendition = Rendition.objects.create(
            file=stored, type=media_type, width=width, height=height, size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
        )  # fmt: skip
        Block.objects.bulk_create(
            Block(rendition=rendition, number=number, content=content[at : at + BLOCK_BYTES])
            for number, at in enumerate(range(0, len(content), BLOCK_BYTES))
        )
    audit.record("file.store", stored, by=by, kind=str(kind), digest=rendition.digest)
    return stored


@transaction.atomic
def store_made(name: str, media_type: str, content: IO[bytes]) -> StoredFile:
    """Keep a file the platform made itself, read from its beginning, a block in memory at a time."""
    stored = StoredFile.objects.create(kind=FileKind.DOCUMENT, name=name)
    rendition = Rendition.objects.create(file=stored, type=media_type, size=0, digest="")
    content.seek(0)
    digest, size, number = hashlib.sha256(), 0, 0
    while piece := content.read(BLOCK_BYTES):
        Block.objects.create(rendition=rendition, number=number, content=piece)
        digest.update(piece)
        size, number = size + len(piece), number + 1
    rendition.size, rendition.digest = size, digest.hexdigest()
    rendition.save(update_fields=["size", "digest"])
    audit.record("file.make", stored, by=None, digest=rendition.digest)
    return stored


@transaction.atomic
def prune_orphans() -> int:
    """Delete files that nothing points at since a day or longer, some at a time. Returns how many."""
    gone = list(orphans().values_list("pk", flat=True)[:MOST_PRUNED])
    StoredFile.objects.filter(pk__in=gone).delete()
    return len(gone)
