"""Plain tables that people write with a spreadsheet: one line of names, then a row each.

UTF-8 with or without byte order mark, commas, semicolons or tabs, any line ends. Cells that were made harmless
for a spreadsheet (`polis_cells.harmless`) become what they were.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import FormatError, quoted
from .polis_cells import plain, text_cell

LARGEST_FILE = 1 << 30
LONGEST_CELL = 100_000
LONGEST_HEAD = 1 << 20
MOST_COLUMNS = 500
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Row:
    """`line` is the one it begins on, the names being line 1; `cells` has only those that hold something."""

    line: int
    cells: Mapping[str, str]


@dataclass
class Table:
    """A file on disk that is read row by row; nothing of it is kept. `renamed`: {column here: its name in the file}."""

    path: Path
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.separator, names = self._head()
        self.names = self._rename(names)

    def rows(self) -> Iterator[Row]:
        """Each row that is not blank. Raises FormatError where it is not a row of this table."""
        with self._open() as stream:
            reader = csv.reader(stream, delimiter=self.separator, strict=True)
            begins = 1
            for cells in self._safely(reader):
                if begins > 1 and any(cell.strip() for cell in cells):
                    yield self._row(begins, cells)
                begins = reader.line_num + 1

    def digest(self) -> str:
        """SHA-256 of the file."""
        with self.path.open("rb") as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest()

    def _head(self) -> tuple[str, list[str]]:
        if self.path.stat().st_size > LARGEST_FILE:
            raise self._fault(f"at most {LARGEST_FILE:,} bytes", "more")
        with self._open() as stream:
            first = self._first_line(stream)
        if not first.strip():
            raise self._fault("a line with the names of the columns", "nothing", 1)
        separator = max(SEPARATORS, key=first.count)
        (names,) = self._safely(csv.reader([first], delimiter=separator))
        return separator, [name.strip() for name in names]

    def _first_line(self, stream: io.TextIOBase) -> str:
        try:
            first = stream.readline(LONGEST_HEAD)
        except UnicodeDecodeError as wrong:
            raise self._no_text(wrong) from wrong
        if "\0" in first:
            raise self._fault("text", "a NUL character", 1)
        return first

    def _rename(self, names: list[str]) -> list[str]:
        if len(names) > MOST_COLUMNS:
            raise self._fault(f"at most {MOST_COLUMNS} columns", f"{len(names)}", 1)
        for here, there in self.renamed.items():
            if there not in names:
                raise self._fault(f"a column {quoted(there)}, for “{here}”", quoted(", ".join(names)), 1)
        back = {there: here for here, there in self.renamed.items()}
        renamed = [back.get(name, name) for name in names]
        twice = next((name for name in renamed if name and renamed.count(name) > 1), None)
        if twice is not None:
            raise self._fault("each column once", f"{quoted(twice)} twice", 1)
        return renamed

    def _row(self, line: int, cells: Sequence[str]) -> Row:
        if len(cells) != len(self.names):
            raise self._fault(f"{len(self.names)} cells", str(len(cells)), line)
        found = {}
        for name, cell in zip(self.names, cells, strict=True):
            if len(cell) > LONGEST_CELL:
                raise self._fault(f"at most {LONGEST_CELL:,} characters", f"{len(cell):,}", line, name)
            if "\0" in cell:
                raise self._fault("text", "a NUL character", line, name)
            if cell.strip() and name:
                found[name] = plain(cell)
        return Row(line, found)

    def _safely(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        while True:
            try:
                yield next(reader)
            except StopIteration:
                return
            except UnicodeDecodeError as wrong:
                raise self._no_text(wrong) from wrong
            except csv.Error as broken:
                line = getattr(reader, "line_num", None)
                raise self._fault("well-formed CSV", str(broken), line) from broken

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding="utf-8-sig", newline="")

    def _no_text(self, wrong: UnicodeDecodeError) -> FormatError:
        return self._fault("text in UTF-8", f"the byte 0x{wrong.object[wrong.start]:02x}")

    def _fault(
        self, expected: str, found: str, line: int | None = None, column: str | None = None
    ) -> FormatError:
        return FormatError(self.path.name, expected=expected, found=found, line=line, column=column)


def write_row(cells: Sequence[str]) -> str:
    """One line, each cell quoted and harmless in a spreadsheet."""
    return ",".join(text_cell(cell) for cell in cells) + "\r\n"
