"""Statements (comments.csv) and the conversation's own facts (summary.csv) of an export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.formats.errors import quoted
from tequio.formats.polis_cells import plain
from tequio.formats.polis_source import Header, Source, check_width, integer, read_header, rows
from tequio.formats.polis_votes import truth

ID, BODY = "comment-id", "comment-body"


@dataclass(frozen=True, slots=True)
class Comment:
    """A statement of a conversation.

    timestamp   seconds or milliseconds as in the file
    moderated   -1 moderated out, 0 not looked at, 1 accepted
    merged_into the statement that stands for this one; its own column is then zeroed
    """

    id: int
    body: str = ""
    timestamp: int | None = None
    author: int | None = None
    agrees: int | None = None
    disagrees: int | None = None
    moderated: int = 0
    is_meta: bool = False
    is_seed: bool = False
    merged_into: int | None = None

    @property
    def is_zeroed(self) -> bool:
        return self.moderated == -1 or self.is_meta or self.merged_into is not None


def read_comments(source: Source, required: Iterable[str] = (ID,)) -> tuple[Comment, ...]:
    """All statements in the file's order. Importing needs `required` = (ID, BODY); counting needs only the
    id.
    """
    chunks = source.chunks()
    header, rest, line = read_header(source, chunks)
    header.require(source, required)
    found: dict[int, Comment] = {}
    for at, cells in rows(source, _after(rest, chunks), line):
        check_width(source, header, cells, at)
        comment = _comment(source, header, cells, at)
        if comment.id in found:
            raise source.fault("each comment once", f"comment {comment.id} again", line=at, column=ID)
        found[comment.id] = comment
    return tuple(found.values())


def read_summary(source: Source) -> dict[str, str]:
    """{name: text}: topic, url, voters, conversation-description …, as far as the file has them."""
    facts: dict[str, str] = {}
    for line, cells in rows(source, source.chunks()):
        if len(cells) != 2:
            raise source.fault("a name and a value", f"{len(cells)} cells", line=line)
        name = cells[0].strip()
        if name in facts:
            raise source.fault("each name once", f"{quoted(name)} again", line=line)
        facts[name] = plain(cells[1])
    if not facts:
        raise source.fault("lines of a name and a value", "an empty file", line=1)
    return facts


def _after(rest: bytes, chunks: Iterable[bytes]) -> Iterable[bytes]:
    if rest:
        yield rest
    yield from chunks


def _comment(source: Source, header: Header, cells: list[str], line: int) -> Comment:
    def text(name: str) -> str:
        at = header.place.get(name)
        return "" if at is None else cells[at]

    def number(name: str) -> int | None:
        return integer(source, text(name), line, name) if text(name).strip() else None

    def flag(name: str) -> bool:
        return truth(source, text(name), line, name)

    moderated = number("moderated") or 0
    if moderated not in (-1, 0, 1):
        raise source.fault("-1, 0 or 1", quoted(text("moderated")), line=line, column="moderated")
    return Comment(
        id=integer(source, text(ID), line, ID),
        body=plain(text(BODY)),
        timestamp=number("timestamp"),
        author=number("author-id"),
        agrees=number("agrees"),
        disagrees=number("disagrees"),
        moderated=moderated,
        is_meta=flag("is-meta"),
        is_seed=flag("is-seed"),
        merged_into=number("merged-into"),
    )
