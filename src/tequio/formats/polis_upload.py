"""An export folder as somebody sends it: its files, or one ZIP of them. Nothing is unpacked that could be a bomb."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import PurePosixPath
from typing import BinaryIO

from tequio.formats.errors import FormatError, quoted
from tequio.formats.polis_source import GZIP, Source, by_kind

MOST_ENTRIES = 1_000
MOST_RATIO = 100
LARGEST_TEXT = 500 << 20
# Below this a high ratio is harmless and happens in honest files.
SMALL_TEXT = 1 << 20
# 1,000 names of a reasonable length; the directory is read into memory before anything can be counted.
LARGEST_DIRECTORY = 1 << 20
END_OF_DIRECTORY = b"PK\x05\x06"
END_LENGTH = 22
LONGEST_COMMENT = 0xFFFF
HONEST_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
IS_ENCRYPTED = 0x1
# What Python's reader says of a file that is cut off, was changed, or needs what it cannot do.
DAMAGES = (zipfile.BadZipFile, NotImplementedError, zlib.error, struct.error, ValueError, EOFError, OSError)

Files = list[tuple[str, BinaryIO]]


def open_upload(files: Sequence[tuple[str, BinaryIO]]) -> Files:
    """The export's files with seekable streams, from (name, seekable stream) of what was sent.

    Reads directories and lengths only, in constant memory. Raises FormatError where it is no export folder, or could
    unpack to more than it should: 1,000 entries, 100 times its size, 500 MB of text.
    """
    zips = [name for name, _stream in files if name.lower().endswith(".zip")]
    if zips and len(files) > 1:
        raise FormatError(zips[0], expected="one ZIP alone, or the files themselves", found="several files")
    with _whole(zips[0]) if zips else nullcontext():
        opened = _open_zip(*files[0]) if zips else [(PurePosixPath(name).name, one) for name, one in files]
        for name, stream in opened:
            if name.lower().endswith(".gz"):
                _check_gzip(name, stream)
    found = by_kind([Source.of_stream(name, stream, LARGEST_TEXT) for name, stream in opened], "the upload")
    if "votes" not in found and "participants-votes" not in found:
        raise FormatError("the upload", expected="a votes.csv or participants-votes.csv", found="neither")
    if "comments" not in found:
        raise FormatError("the upload", expected="a comments.csv", found="none")
    wanted = {source.name for source in found.values()}
    return [(name, stream) for name, stream in opened if name in wanted]


@contextmanager
def _whole(name: str) -> Iterator[None]:
    try:
        yield
    except FormatError:
        raise
    except DAMAGES as broken:
        raise FormatError(name, expected="a whole ZIP file", found="a damaged one") from broken


def _open_zip(name: str, stream: BinaryIO) -> Files:
    _check_directory(name, stream)
    archive = zipfile.ZipFile(stream)
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    total = 0
    for entry in entries:
        total += entry.file_size
        _check_entry(name, entry)
    if total > LARGEST_TEXT:
        raise FormatError(name, expected=f"at most {LARGEST_TEXT:,} bytes of text", found=f"{total:,}")
    return [
        (PurePosixPath(entry.filename).name, archive.open(entry))  # type: ignore[misc]
        for entry in entries
        if not entry.filename.startswith("__MACOSX/")
    ]


def _check_directory(name: str, stream: BinaryIO) -> None:
    """How long the list of entries is, before it is read: a million entries take half a gigabyte."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_LENGTH - LONGEST_COMMENT))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or len(tail) - at < END_LENGTH:
        raise FormatError(name, expected="a whole ZIP file", found="something else")
    entries, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    if entries > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise FormatError(name, expected=f"at most {MOST_ENTRIES:,} entries", found="more")
    if b"PK\x06\x06" in tail[max(0, at - 76) : at]:
        raise FormatError(name, expected="a plain ZIP file", found="a ZIP64 file")


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    path = entry.filename
    if path.startswith("/") or "\\" in path or ":" in path or ".." in PurePosixPath(path).parts:
        raise FormatError(name, expected="names inside the folder", found=quoted(path))
    if entry.flag_bits & IS_ENCRYPTED:
        raise FormatError(name, expected="files without a password", found=quoted(path))
    if entry.compress_type not in HONEST_METHODS:
        raise FormatError(name, expected="the usual compression", found=quoted(path))
    if entry.file_size > SMALL_TEXT and entry.file_size > MOST_RATIO * entry.compress_size:
        raise FormatError(
            name, expected=f"files that unpack to at most {MOST_RATIO} times their size", found=quoted(path)
        )


def _check_gzip(name: str, stream: BinaryIO) -> None:
    """By the length that stands at the end; one that lies is cut off while it is read."""
    size = stream.seek(0, 2)
    stream.seek(0)
    magic = stream.read(2)
    stream.seek(max(0, size - 4))
    last = stream.read(4)
    stream.seek(0)
    if magic != GZIP or len(last) < 4:
        return
    text = struct.unpack("<L", last)[0]
    if text > LARGEST_TEXT or (text > SMALL_TEXT and text > MOST_RATIO * size):
        raise FormatError(
            name,
            expected=f"files that unpack to at most {MOST_RATIO} times their size",
            found=f"{text:,} bytes",
        )
