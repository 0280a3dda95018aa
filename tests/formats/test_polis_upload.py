"""ZIP files of an export that are damaged, locked, or say more than they should."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exports import COMMENTS, VOTES
from tequio.formats.errors import FormatError
from tequio.formats.polis import read_uploads
from tequio.formats.polis_upload import LARGEST_TEXT, open_upload

DIRECTORY = b"PK\x01\x02"
FOLDER = {"votes.csv": VOTES.encode(), "comments.csv": COMMENTS.encode()}


def packed(files: dict[str, bytes] = FOLDER) -> bytes:
    """As it is: nothing in it is made smaller, so that a test finds each byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def put(data: bytes, at: int, piece: bytes) -> bytes:
    return data[:at] + piece + data[at + len(piece) :]


def first_of_directory(shift: int, piece: bytes) -> bytes:
    """`piece` stands `shift` bytes after where the first entry of the directory begins."""
    data = packed()
    return put(data, data.index(DIRECTORY) + shift, piece)


def fault(data: bytes) -> str:
    with pytest.raises(FormatError) as wrong:
        open_upload([("x.zip", io.BytesIO(data))])
    return str(wrong.value)


DAMAGED: dict[str, Callable[[], bytes]] = {
    "directory": lambda: first_of_directory(0, b"XX"),
    "entry": lambda: put(packed(), 0, b"XX"),
    "name": lambda: put(packed(), 30, b"V"),
    "beginning is missing": lambda: packed()[20:],
    "entry beyond the end": lambda: first_of_directory(42, b"\xff\xff"),
    "newer than any": lambda: first_of_directory(6, b"\x63"),
    "patched": lambda: first_of_directory(8, b"\x20"),
    "locked in another way": lambda: first_of_directory(8, b"\x40"),
    "gzip file inside": lambda: packed(
        {"votes.csv.gz": gzip.compress(FOLDER["votes.csv"], mtime=0), **FOLDER}
    ).replace(b"\x1f\x8b", b"\x1f\x8c", 1),
}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("kept", ["in memory", "on disk"])
def test_a_damaged_zip_is_said_to_be_one(name: str, kept: str, tmp_path: Path) -> None:
    data = DAMAGED[name]()
    if kept == "in memory":
        said = fault(data)
    else:
        path = tmp_path / "x.zip"
        path.write_bytes(data)
        with path.open("rb") as stream, pytest.raises(FormatError) as wrong:
            open_upload([("x.zip", stream)])
        said = str(wrong.value)
    assert said == "x.zip: expected a whole ZIP file, found a damaged one"


def test_words_that_changed_on_the_way_are_noticed_when_they_are_read() -> None:
    files = open_upload([("x.zip", io.BytesIO(packed().replace(b"voter-id", b"votez-id", 1)))])
    with pytest.raises(FormatError, match=r"votes\.csv: expected a whole ZIP file, found a damaged one"):
        read_uploads(files, largest=LARGEST_TEXT)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (first_of_directory(8, b"\x01"), "expected files without a password, found “votes.csv”"),
        (
            first_of_directory(20, struct.pack("<LL", 600 << 20, 600 << 20)),
            f"expected at most {LARGEST_TEXT:,} bytes of text, found ",
        ),
        (
            b"PK\x06\x06" + bytes(72) + b"PK\x05\x06" + bytes(18),
            "expected a plain ZIP file, found a ZIP64 file",
        ),
    ],
    ids=["password", "too much text", "ZIP64"],
)
def test_what_is_not_taken(data: bytes, said: str) -> None:
    assert said in fault(data)


def test_a_name_that_only_says_gzip_is_found_out_when_it_is_read() -> None:
    files = [("votes.csv.gz", io.BytesIO(VOTES.encode())), ("comments.csv", io.BytesIO(COMMENTS.encode()))]
    opened = open_upload(files)
    assert [name for name, _stream in opened] == ["votes.csv.gz", "comments.csv"]
    with pytest.raises(FormatError, match=r"votes\.csv\.gz: expected a gzip file, found something else"):
        read_uploads(opened, largest=LARGEST_TEXT)


def test_what_a_mac_adds_is_passed_over() -> None:
    data = packed({"__MACOSX/votes.csv": b"x", **FOLDER})
    assert len(open_upload([("x.zip", io.BytesIO(data))])) == 2
