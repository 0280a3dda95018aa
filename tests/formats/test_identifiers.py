"""Lists of identifiers: what is read, what is refused and where, and that the hash is scrypt's own."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from pathlib import Path

import pytest

from tequio.base.command_line import CommandFailed
from tequio.formats.identifiers import MOST_ROWS, BadList, Row, plain, read_list, slow_hash
from tequio.people.commands import hash_list

SALT = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12.345.678-z", "12345678Z"),
        (" ab 99 88", "AB9988"),
        ("ñandú-7", "NANDU7"),
        ("１２３４", "1234"),
        ("-", ""),
    ],
)
def test_spaces_dashes_and_accents_do_not_matter(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def test_the_hash_is_scrypts_with_salt_and_year() -> None:
    expected = hashlib.scrypt(b"12345678Z|1985", salt=SALT.encode(), n=2**14, r=8, p=1, dklen=32).hex()
    assert slow_hash("12.345.678-z", 1985, SALT) == expected
    assert slow_hash("12345678Z", 1986, SALT) != expected
    assert slow_hash("12345678Z", 1985, SALT[::-1]) != expected


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_three_delimiters_and_a_mark_at_the_start(mark: str) -> None:
    content = f"Year_of_birth{mark}Identifier\r\n1985{mark} ab-12 34 \r\n\r\n".encode("utf-8-sig")
    assert read_list(content) == [Row("AB1234", 1985)]


def test_finished_hashes() -> None:
    assert read_list(b"hash\n" + b"AB" * 32 + b"\n") == [Row(hash="ab" * 32)]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "first line"), (b"name,age\nA,1", 1, "first line"), (b"identifier,year_of_birth\n", 1, "empty"),
        (b"identifier,year_of_birth\nAB1234,1985\nx,1985", 3, "4 to 40"),
        (b"identifier,year_of_birth\nAB1234,85", 2, "four digits"),
        (b"identifier,year_of_birth\nAB1234", 2, "four digits"),
        ("identifier,year_of_birth\nAB1234,١٩٨٥".encode(), 2, "four digits"),
        (b"hash\nxyz", 2, "64 hexadecimal"), (b"\xff\xfe", 1, "UTF-8"), (b"hash\n\0", 1, "not text"),
        (b"identifier,year_of_birth\n" + b"A" * 200_000 + b",1990", 2, "field"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_their_line(content: bytes, line: int, says: str) -> None:
    with pytest.raises(BadList, match=says) as bad:
        read_list(content)
    assert bad.value.line == line


def test_a_list_has_its_bound() -> None:
    with pytest.raises(BadList, match="at most"):
        read_list(b"identifier,year_of_birth\n" + b"AB1234,1990\n" * (MOST_ROWS + 1))


def test_the_command_hashes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("identifier,year_of_birth\n12345678Z,1985\n")
    assert hash_list.run(Namespace(file=path, salt=SALT)) == 0
    assert capsys.readouterr().out == f"hash\n{slow_hash('12345678Z', 1985, SALT)}\n"
    path.write_text("nothing\n")
    for file, salt, says in (
        (path, SALT, "line 1"),
        (tmp_path / "none", SALT, "No such"),
        (path, "short", "32"),
    ):
        with pytest.raises(CommandFailed, match=says):
            hash_list.run(Namespace(file=file, salt=salt))
