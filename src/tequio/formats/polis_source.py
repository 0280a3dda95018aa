"""The files of an export, plain or gzipped, as bounded streams of bytes with every fault said precisely."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tequio.formats.errors import FormatError, quoted

# A text file of more than this is no export of a conversation (45 million votes take 4 GB).
LARGEST_FILE = 8 << 30
CHUNK = 1 << 22
LONGEST_LINE = 1 << 24
MOST_COLUMNS = 200_000
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
KINDS = ("participants-votes", "votes", "comments", "summary")
_NAME = re.compile(r"^(?:.*?-)??(participants-votes|votes|comments|summary)\.csv(?:\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its name for messages, how to open it, and how many bytes of text it may hold."""

    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    largest: int = LARGEST_FILE

    @classmethod
    def of_path(cls, path: Path) -> Source:
        return cls(path.name, lambda: path.open("rb"))

    @classmethod
    def of_stream(cls, name: str, stream: BinaryIO, largest: int) -> Source:
        """An upload, which stays open; `largest` bounds the text after decompression."""
        return cls(name, lambda: nullcontext(stream), largest)

    def chunks(self) -> Iterator[bytes]:
        """The text in pieces of whole lines, without byte order mark, checked for size, NUL and UTF-8."""
        lines, rest, first = 0, b"", True
        for piece in self._pieces():
            piece = rest + piece
            cut = piece.rfind(b"\n") + 1
            chunk, rest = piece[:cut], piece[cut:]
            if len(rest) > LONGEST_LINE:
                raise self.fault(
                    "lines of less than 16 MB", "a longer one", line=lines + chunk.count(b"\n") + 1
                )
            if first and chunk:
                chunk, first = chunk.removeprefix(BYTE_ORDER_MARK), False
            if chunk:
                self._check_text(chunk, lines)
                lines += chunk.count(b"\n")
                yield chunk
        if rest:
            rest = rest.removeprefix(BYTE_ORDER_MARK) if first else rest
            self._check_text(rest, lines)
            yield rest

    def fault(
        self, expected: str, found: str, *, line: int | None = None, column: str | int | None = None
    ) -> FormatError:
        return FormatError(self.name, expected=expected, found=found, line=line, column=column)

    def _pieces(self) -> Iterator[bytes]:
        total = 0
        with self.open() as raw:
            raw.seek(0)
            magic = self._read(raw, 2)
            raw.seek(0)
            is_gzip = magic == GZIP
            if self.name.lower().endswith(".gz") != is_gzip:
                wrong = ("text", "a gzip file") if is_gzip else ("a gzip file", "something else")
                raise self.fault(*wrong)
            stream = gzip.GzipFile(fileobj=raw) if is_gzip else raw
            while piece := self._read(stream):
                total += len(piece)
                if total > self.largest:
                    raise self.fault(f"at most {self.largest:,} bytes of text", "more")
                yield piece

    def _read(self, stream: BinaryIO | gzip.GzipFile, size: int = CHUNK) -> bytes:
        try:
            return stream.read(size)
        except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as broken:
            whole = "a whole gzip file" if isinstance(stream, gzip.GzipFile) else "a whole ZIP file"
            raise self.fault(whole, f"a damaged one ({broken})") from broken

    def _check_text(self, chunk: bytes, lines_before: int) -> None:
        nul = chunk.find(b"\0")
        if nul >= 0:
            raise self.fault("text", "a NUL character", line=lines_before + chunk.count(b"\n", 0, nul) + 1)
        if chunk.isascii():
            return
        try:
            chunk.decode()
        except UnicodeDecodeError as wrong:
            line = lines_before + chunk.count(b"\n", 0, wrong.start) + 1
            raise self.fault("text in UTF-8", f"the byte 0x{chunk[wrong.start]:02x}", line=line) from wrong


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns and where each stands."""

    names: tuple[str, ...]
    place: dict[str, int]

    @classmethod
    def of(cls, source: Source, cells: Sequence[str]) -> Header:
        names = tuple(cell.strip() for cell in cells)
        if len(names) > MOST_COLUMNS:
            raise source.fault(f"at most {MOST_COLUMNS:,} columns", f"{len(names):,}", line=1)
        place: dict[str, int] = {}
        for index, name in enumerate(names):
            if name in place:
                raise source.fault("each column once", f"{quoted(name)} twice", line=1, column=index + 1)
            place[name] = index
        return cls(names, place)

    def require(self, source: Source, wanted: Iterable[str]) -> None:
        missing = [name for name in wanted if name not in self.place]
        if missing:
            raise source.fault(
                f"a column {quoted(missing[0])}", f"only {quoted(', '.join(self.names))}", line=1
            )


def rows(source: Source, chunks: Iterable[bytes], line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, cells) of each row that is not blank; quoted cells may span several lines."""

    def texts() -> Iterator[str]:
        for chunk in chunks:
            yield from io.StringIO(chunk.decode(), newline="")

    reader = csv.reader(texts(), strict=True)
    begins = line
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            raise source.fault("well-formed CSV", str(broken), line=line + reader.line_num - 1) from broken
        if cells:
            yield begins, cells
        begins = line + reader.line_num


def read_header(source: Source, chunks: Iterator[bytes]) -> tuple[Header, bytes, int]:
    """(header, the rest of its chunk, the line that rest begins on)."""
    first = next(chunks, b"")
    if not first.strip():
        raise source.fault("a line with the names of the columns", "an empty file", line=1)
    head, _, rest = first.partition(b"\n")
    if head.count(b'"') % 2:
        raise source.fault(
            "the names of the columns on one line", "a quotation mark that does not end", line=1
        )
    _, cells = next(rows(source, [head]), (1, []))
    return Header.of(source, cells), rest, 2


def integer(source: Source, text: str, line: int, column: str, expected: str = "an integer") -> int:
    """The integer a cell holds; ASCII digits with an optional minus, within 64 bits."""
    cell = text.strip()
    digits = cell.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise source.fault(expected, quoted(text), line=line, column=column)
    return int(cell)


def check_width(source: Source, header: Header, cells: Sequence[str], line: int) -> None:
    if len(cells) != len(header.names):
        raise source.fault(f"{len(header.names)} cells", str(len(cells)), line=line)


def by_kind(sources: Iterable[Source], where: str) -> dict[str, Source]:
    """The files of an export by kind; names may have a prefix such as a date; other files are passed over."""
    found: dict[str, Source] = {}
    for source in sources:
        match = _NAME.match(source.name)
        if not match:
            continue
        kind = match[1].lower()
        if kind in found:
            raise FormatError(
                where, expected=f"one {kind}.csv", found=f"{found[kind].name} and {source.name}"
            )
        found[kind] = source
    return found
