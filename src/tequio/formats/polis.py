"""The field's export folder: votes.csv or participants-votes.csv, comments.csv, summary.csv, plain or .gz.

    export = read_folder(Path("export"))
    export = read_uploads([("votes.csv.gz", stream), …], largest=200_000_000)
    votes, zeroed, meta = export.votes.last_votes(), export.zeroed, export.meta
    write_folder(export, Path("copy"))        # read_folder(copy) gives the same again

Nothing is half-read: either everything comes back, or a FormatError says file, line, column, what was
expected and what stood there.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tequio.formats.errors import FormatError
from tequio.formats.polis_comments import BODY, ID, Comment, read_comments, read_summary
from tequio.formats.polis_source import KINDS, Source, by_kind
from tequio.formats.polis_votes import VoteLog, read_votes
from tequio.formats.polis_write import write_comments, write_matrix, write_summary, write_votes


@dataclass(frozen=True, eq=False, slots=True)
class PolisExport:
    """A conversation as exported: its votes, its statements, and what the summary says about it."""

    votes: VoteLog
    comments: tuple[Comment, ...] = ()
    summary: dict[str, str] = field(default_factory=dict)

    @property
    def zeroed(self) -> list[int]:
        """Statements whose column counts as 0 for everybody: moderated out, meta, or merged into another."""
        return sorted(comment.id for comment in self.comments if comment.is_zeroed)

    @property
    def meta(self) -> list[int]:
        return sorted(comment.id for comment in self.comments if comment.is_meta)


def read_folder(folder: Path) -> PolisExport:
    """An export folder with votes and comments; the summary may be missing. Raises FormatError."""
    if not folder.is_dir():
        raise FormatError(
            str(folder.name), expected="a folder", found="none" if not folder.exists() else "a file"
        )
    return _read(_files(folder), folder.name)


def read_uploads(files: Iterable[tuple[str, BinaryIO]], *, largest: int) -> PolisExport:
    """The same from uploads, (name, seekable binary stream), of at most `largest` bytes once unpacked."""
    sources = [Source.of_stream(Path(name).name, stream, largest) for name, stream in files]
    return _read(by_kind(sources, "the upload"), "the upload")


def votes_file(folder: Path) -> Source:
    """The file with the votes in a folder; the log goes before the matrix, which has no timestamps."""
    return _votes_of(_files(folder), folder.name)


def comments_file(folder: Path) -> Source | None:
    return _files(folder).get("comments")


def export_texts(export: PolisExport, groups: dict[int, int] | None = None) -> dict[str, str]:
    """{file name: text} of the folder that read_folder reads."""
    outs = {f"{kind}.csv": io.StringIO() for kind in KINDS}
    write_votes(export.votes, outs["votes.csv"])
    write_matrix(
        export.votes.last_votes(),
        outs["participants-votes.csv"],
        groups=groups or export.votes.group,
        comments=export.comments,
    )
    write_comments(export.comments, outs["comments.csv"])
    if export.summary:
        write_summary(export.summary, outs["summary.csv"])
    return {name: out.getvalue() for name, out in outs.items() if out.getvalue()}


def write_folder(export: PolisExport, folder: Path, groups: dict[int, int] | None = None) -> None:
    """Writes the export into a folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in export_texts(export, groups).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _files(folder: Path) -> dict[str, Source]:
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    return by_kind(map(Source.of_path, paths), folder.name)


def _read(found: dict[str, Source], where: str) -> PolisExport:
    votes = _votes_of(found, where)
    if "comments" not in found:
        raise FormatError(where, expected="a comments.csv", found="none")
    return PolisExport(
        votes=read_votes(votes),
        comments=read_comments(found["comments"], (ID, BODY)),
        summary=read_summary(found["summary"]) if "summary" in found else {},
    )


def _votes_of(found: dict[str, Source], where: str) -> Source:
    source = found.get("votes") or found.get("participants-votes")
    if source is None:
        raise FormatError(where, expected="a votes.csv or participants-votes.csv", found="neither")
    return source
