"""What a document is by its content, never by its name; what can carry a bomb or a program is refused.

Archives are never unpacked here: what their directory says is held against the limits.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .troubles import CannotTake

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 1_000
MOST_RATIO = 100
MOST_UNPACKED = 50 * 1024 * 1024
# A directory of a thousand entries with long names; a larger one is not even read.
MOST_DIRECTORY = 512 * 1024
FREE_RATIO_BELOW = 64 * 1024
MARKUP = re.compile(r"^\s*<(\?xml|!doctype|!entity|svg|html|head|body|script|xsl|[a-z]+:)", re.IGNORECASE)
MARKUP_ANYWHERE = re.compile(r"<(script|svg|!doctype|!entity|iframe|object|embed)\b", re.IGNORECASE)
ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
XML_NAMES = (".xml", ".rels", ".svg", ".html", ".xhtml", ".vml")
ARCHIVE_NAMES = (
    ".zip",
    ".jar",
    ".7z",
    ".rar",
    ".gz",
    ".bz2",
    ".xz",
    ".tar",
    ".docx",
    ".xlsx",
    ".odt",
    ".ods",
    ".iso",
)
END_RECORD = struct.Struct("<4s4H2IH")
OFFICE_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
)


def type_of(data: bytes, name: str = "") -> str:
    """The media type of a document we take. Raises CannotTake with the reason for all others.

    `name` only tells a table (.csv) from other plain text.
    """
    if not data:
        raise CannotTake("empty")
    if len(data) > MOST_BYTES:
        raise CannotTake("too_large")
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _type_of_archive(data)
    return _type_of_text(data, name)


def _type_of_text(data: bytes, name: str) -> str:
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotTake("unknown_type")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        is_binary = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096]) > 8
        raise CannotTake("unknown_type" if is_binary else "not_utf8") from error
    if "\x00" in text:
        raise CannotTake("unknown_type")
    if MARKUP.match(text) or MARKUP_ANYWHERE.search(text):
        raise CannotTake("markup")
    return "text/csv" if name.lower().endswith(".csv") and _is_table(text) else "text/plain"


def _is_table(text: str) -> bool:
    """Whether the first lines have the same two or more columns."""
    for delimiter in (",", ";", "\t"):
        try:
            rows = [
                row
                for row, _number in zip(
                    csv.reader(io.StringIO(text), delimiter=delimiter), range(5), strict=False
                )
            ]
        except csv.Error:
            continue
        widths = {len(row) for row in rows if row}
        if len(widths) == 1 and widths.pop() > 1:
            return True
    return False


def _type_of_archive(data: bytes) -> str:
    _check_end_record(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            found = _office_type(archive, entries)
            if found is None:
                raise CannotTake("unknown_type")
            for _name, content in _xml_members(archive, entries):
                if ENTITIES.search(content):
                    raise CannotTake("markup")
            return found
    # zipfile says "broken" in its own way, in zlib's, and by wrong offsets; "locked" or "packed in an odd way" as RuntimeError.
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError) as error:
        raise CannotTake("broken_archive") from error


def _check_end_record(data: bytes) -> None:
    """The numbers at the end of the archive, before anything walks through its directory."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or len(data) - at < END_RECORD.size:
        raise CannotTake("broken_archive")
    _mark, disk, _start, _here, entries, size, offset, _comment = END_RECORD.unpack_from(data, at)
    if disk or 0xFFFFFFFF in (size, offset):
        raise CannotTake("broken_archive")
    if entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise CannotTake("too_many_entries")


def _check_entries(entries: list[zipfile.ZipInfo], length: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise CannotTake("too_many_entries")
    for entry in entries:
        _check_name(entry.filename)
        if entry.flag_bits & 1:
            raise CannotTake("broken_archive")
        is_dense = entry.file_size > MOST_RATIO * max(1, entry.compress_size)
        if is_dense and entry.file_size > FREE_RATIO_BELOW:
            raise CannotTake("unpacks_too_large")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # Entries that share their bytes claim more of them than the file has.
    if unpacked > MOST_UNPACKED or packed > length or unpacked > MOST_RATIO * length:
        raise CannotTake("unpacks_too_large")


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\x00" in name or len(name) > 255:
        raise CannotTake("unsafe_names")
    if name.lower().endswith(ARCHIVE_NAMES):
        raise CannotTake("nested")


def _office_type(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str | None:
    names = [entry.filename for entry in entries]
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        said = archive.read("mimetype").decode("ascii", "replace").strip()
        return said if said in OPEN_DOCUMENT else None
    if "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return None
        return next(
            (kind for folder, kind in OFFICE_XML.items() if any(n.startswith(folder) for n in names)), None
        )
    return None


def _xml_members(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """The beginning of each member that is XML: entities are declared there or nowhere."""
    for entry in entries:
        if entry.filename.lower().endswith(XML_NAMES):
            with archive.open(entry) as member:
                yield entry.filename, member.read(65_536)
