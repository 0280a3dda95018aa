"""Tables of a spreadsheet: what is read, and what is said of a file that is none."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tequio.formats.errors import FormatError
from tequio.formats.table import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, Table, write_row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def cells_of(path: Path, raw: bytes) -> list[tuple[int, dict[str, str]]]:
    path.write_bytes(raw)
    return [(row.line, dict(row.cells)) for row in Table(path).rows()]


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("separator", [b",", b";", b"\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_as_any_spreadsheet_writes_it(path: Path, ends: bytes, separator: bytes, mark: bytes) -> None:
    rows = [[b"id", b" title "], [b"1", b"Agua"], [b"", b" "], [b"2", b'"two\nlines"'], [b"3", b""]]
    raw = mark + ends.join(separator.join(row) for row in rows) + ends
    assert cells_of(path, raw) == [(2, {"id": "1", "title": "Agua"}), (4, {"id": "2", "title": "two\nlines"}), (6, {"id": "3"})]  # fmt: skip


def test_what_was_made_harmless_is_read_as_it_was(path: Path) -> None:
    told = {"a": "=1+1", "b": 'He said "no"', "c": "-1"}
    raw = write_row(list(told)) + write_row(list(told.values()))
    assert cells_of(path, raw.encode()) == [(2, told)]
    assert "'=1+1" in raw


def test_columns_have_other_names_in_the_file(path: Path) -> None:
    path.write_bytes(b"numero,nombre\n1,Agua\n")
    table = Table(path, renamed={"id": "numero", "title": "nombre"})
    assert [dict(row.cells) for row in table.rows()] == [{"id": "1", "title": "Agua"}]
    assert table.digest() == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(FormatError, match="expected a column “titulo”, for “title”, found “numero, nombre”"):
        Table(path, renamed={"title": "titulo"})


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"id,t\xff\n1,2\n", "table.csv: expected text in UTF-8, found the byte 0xff"),
        (b"id,t\x00\n1,2\n", "table.csv, line 1: expected text, found a NUL character"),
        (b"a" * 200_000 + b"\n1\n", "table.csv, line 1: expected well-formed CSV, found field larger than"),
        (b"," * MOST_COLUMNS, f"table.csv, line 1: expected at most {MOST_COLUMNS} columns, found 501"),
        (b"id,t\n1," + b"x" * (LONGEST_CELL + 1), "line 2, column t: expected at most 100,000 characters, found 100,001"),
        (b"id,t\n" + b"1,2\n" * 5_000 + b"1,\xff\n", "table.csv: expected text in UTF-8, found the byte 0xff"),
        (b'id,t\n1,2\n2,"open', "line 3: expected well-formed CSV, found unexpected end of data"),
    ],
    ids=["no UTF-8", "NUL", "a name without end", "columns", "a long cell", "no UTF-8 far below", "a quotation mark"],
)  # fmt: skip
def test_what_is_no_table_is_said_with_its_place(path: Path, raw: bytes, said: str) -> None:
    with pytest.raises(FormatError) as wrong:
        cells_of(path, raw)
    assert said in str(wrong.value)


def test_a_file_of_more_than_a_gigabyte_is_not_begun(path: Path) -> None:
    path.write_bytes(b"id,t\n")
    os.truncate(path, LARGEST_FILE + 1)  # a hole: nothing of it lies on the disk
    with pytest.raises(FormatError, match="expected at most 1,073,741,824 bytes, found more"):
        Table(path)
