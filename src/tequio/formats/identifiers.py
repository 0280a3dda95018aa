"""Lists of identifiers (of an electoral roll, a register of residents), and the slow hash that hides them.

A file is CSV in UTF-8 with a head line: `identifier,year_of_birth`, or `hash` where it was hashed beforehand.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# 16 MiB and some 50 ms a try (RFC 7914): a hundred million identifiers take two months of one core, per place.
COST, BLOCK, LANES, LENGTH = 2**14, 8, 1, 32
LONGEST = 40
MOST_ROWS = 200_000
HASH = re.compile(r"[0-9a-f]{64}")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class BadList(Exception):
    """The file is not such a list; says where and why."""

    def __init__(self, line: int, reason: str):
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """One person of the list: an identifier with its year, or the finished hash."""

    identifier: str = ""
    year: int = 0
    hash: str = ""


def plain(identifier: str) -> str:
    """The identifier as it is hashed: letters and digits alone, large, without accents (12.345.678-z is 12345678Z)."""
    decomposed = unicodedata.normalize("NFKD", identifier.upper())
    return "".join(sign for sign in decomposed if sign.isalnum())


def slow_hash(identifier: str, year: int, salt: str) -> str:
    """scrypt of "IDENTIFIER|YEAR" with the salt of the place; 64 hexadecimal digits."""
    secret = f"{plain(identifier)}|{year}".encode()
    return hashlib.scrypt(secret, salt=salt.encode(), n=COST, r=BLOCK, p=LANES, dklen=LENGTH).hex()


def read_list(content: bytes) -> list[Row]:
    """All rows. Raises BadList at the first that cannot be read, and for an empty or too long list."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadList(1, "the file is not UTF-8") from None
    if "\0" in text:
        raise BadList(1, "the file is not text")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        rows = list(_rows(reader, head))
    except csv.Error as error:
        raise BadList(reader.line_num, str(error)) from error
    if not rows:
        raise BadList(1, "the list is empty")
    return rows


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _rows(reader: Iterator[list[str]], head: list[str]) -> Iterator[Row]:
    if "hash" not in head and not {"identifier", "year_of_birth"} <= set(head):
        raise BadList(1, "the first line must name the columns identifier and year_of_birth, or hash")
    for line, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if line > MOST_ROWS + 1:
            raise BadList(line, f"a list has at most {MOST_ROWS} lines")
        named = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        yield _hashed(named, line) if "hash" in head else _plain(named, line)


def _hashed(cells: dict[str, str], line: int) -> Row:
    found = cells.get("hash", "").lower()
    if not HASH.fullmatch(found):
        raise BadList(line, "a hash has 64 hexadecimal digits")
    return Row(hash=found)


def _plain(cells: dict[str, str], line: int) -> Row:
    identifier, year = plain(cells.get("identifier", "")), cells.get("year_of_birth", "")
    if not 4 <= len(identifier) <= LONGEST:
        raise BadList(line, f"an identifier has 4 to {LONGEST} letters and digits")
    if not re.fullmatch(r"[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise BadList(line, "a year of birth has four digits")
    return Row(identifier=identifier, year=int(year))
