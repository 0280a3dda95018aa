"""Export folders: read whole or not at all, written so that reading gives the same again."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorithms.real_data import PRODUCTION, REFERENCE, only, plain_rows, real
from tequio.formats.errors import FormatError, quoted
from tequio.formats.polis import (
    PolisExport,
    comments_file,
    export_texts,
    read_folder,
    read_uploads,
    votes_file,
    write_folder,
)
from tequio.formats.polis_cells import harmless, plain
from tequio.formats.polis_comments import Comment, read_comments, read_summary
from tequio.formats.polis_source import Source
from tequio.formats.polis_votes import VoteLog

VOTES = "timestamp,datetime,comment-id,voter-id,vote\n1,x,1,1,1\n2,x,2,1,-1\n"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.builds(
    lambda lead, text: lead + text,
    st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", "'=", "''=", "'\t", '"', ","]),
    st.text("ab=+'\"\n\r, é", max_size=6),
)
OPTIONAL = st.none() | st.integers(0, 10**12)


def source(text: str, name: str) -> Source:
    return Source.of_stream(name, io.BytesIO(text.encode()), 1 << 20)


@st.composite
def exports(draw: st.DrawFn) -> PolisExport:
    votes = draw(
        st.lists(
            st.tuples(
                st.integers(0, 9), st.integers(0, 9), st.sampled_from([-1, 0, 1]), st.integers(0, 2 * 10**12)
            ),
            min_size=1,
            max_size=12,
        )
    )
    columns = [np.array(column, dtype=np.int64) for column in zip(*votes, strict=True)]
    important = draw(st.none() | st.lists(st.booleans(), min_size=len(votes), max_size=len(votes)))
    log = VoteLog(
        participant=columns[0],
        statement=columns[1],
        vote=columns[2].astype(np.int8),
        timestamp=columns[3],
        important=None if important is None else np.array(important),
        xid={votes[0][0]: draw(TEXTS.filter(bool))} if draw(st.booleans()) else {},
    )
    comment = st.builds(
        Comment,
        id=st.integers(-5, 10**9),
        body=TEXTS,
        timestamp=OPTIONAL,
        author=OPTIONAL,
        agrees=OPTIONAL,
        disagrees=OPTIONAL,
        moderated=st.sampled_from([-1, 0, 1]),
        is_meta=st.booleans(),
        is_seed=st.booleans(),
        merged_into=OPTIONAL,
    )
    comments = draw(st.lists(comment, max_size=4, unique_by=lambda one: one.id))
    names = st.sampled_from(["topic", "url", "views", "conversation-description"])
    return PolisExport(log, tuple(comments), draw(st.dictionaries(names, TEXTS)))


@given(exports())
@settings(max_examples=200, deadline=None)
def test_what_is_written_reads_back_the_same(export: PolisExport) -> None:
    texts = export_texts(export)
    again = read_uploads([(n, io.BytesIO(text.encode())) for n, text in texts.items()], largest=1 << 20)
    assert again.comments == export.comments
    assert again.summary == export.summary
    assert again.votes.xid == export.votes.xid
    for name in ("participant", "statement", "vote", "timestamp", "important"):
        ours, theirs = getattr(export.votes, name), getattr(again.votes, name)
        assert (ours is None and theirs is None) or ours.tolist() == theirs.tolist()
    matrix = texts["participants-votes.csv"].encode()
    names = [("participants-votes.csv", io.BytesIO(matrix)), ("comments.csv", io.BytesIO(COMMENTS.encode()))]
    ours, theirs = export.votes.last_votes(), read_uploads(names, largest=1 << 20).votes.last_votes()
    assert ours.participants.tolist() == theirs.participants.tolist()
    assert ours.column.tolist() == theirs.column.tolist()
    assert ours.vote.tolist() == theirs.vote.tolist()


@given(TEXTS)
def test_no_cell_starts_a_formula_and_none_is_lost(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain(cell) == text


def test_numbers_stay_numbers() -> None:
    export = PolisExport(
        VoteLog(np.array([1]), np.array([2]), np.array([-1], np.int8), np.array([1_564_624_268_000])),
        (Comment(2, "=cmd()", timestamp=1_564_624_268, moderated=-1),),
        {"topic": "-1", "views": "12"},
    )
    texts = export_texts(export, groups={1: 4})
    assert texts["votes.csv"].splitlines()[1] == "1564624268000,2019-08-01T01:51:08Z,2,1,-1"
    assert texts["comments.csv"].splitlines()[1] == '1564624268,2019-08-01T01:51:08Z,2,,,,-1,0,0,,"\'=cmd()"'
    assert texts["summary.csv"].splitlines() == ['topic,"\'-1"', "views,12"]
    assert texts["participants-votes.csv"].splitlines()[1] == "1,4,0,1,0,1,-1"


def test_dates_beyond_reason_are_left_out() -> None:
    log = VoteLog(np.array([1, 2]), np.array([2, 2]), np.array([1, 1], np.int8), np.array([0, 10**17]))
    lines = export_texts(PolisExport(log))["votes.csv"].splitlines()
    assert lines[1:] == ["0,,2,1,1", f"{10**17},,2,2,1"]
    without = VoteLog(log.participant, log.statement, log.vote)
    assert export_texts(PolisExport(without))["votes.csv"].splitlines()[1] == "0,,2,1,1"


def test_a_folder_with_prefixes_and_gzip(tmp_path: Path) -> None:
    (tmp_path / "2025-11-11-1704-abc-votes.csv.gz").write_bytes(gzip.compress(VOTES.encode()))
    (tmp_path / "2025-11-11-1704-abc-comments.csv").write_text(
        COMMENTS + '1,x,1,7,0,0,-1,"two\nlines, and ""more"""\n'
    )
    (tmp_path / "readme.txt").write_text("not ours")
    (tmp_path / "sub").mkdir()
    export = read_folder(tmp_path)
    assert export.comments == (
        Comment(1, 'two\nlines, and "more"', 1, author=7, agrees=0, disagrees=0, moderated=-1),
    )
    assert (export.zeroed, export.meta, export.summary) == ([1], [], {})
    assert votes_file(tmp_path).name.endswith("votes.csv.gz")
    found = comments_file(tmp_path)
    assert found is not None
    assert found.name == "2025-11-11-1704-abc-comments.csv"


def test_the_log_goes_before_the_matrix(tmp_path: Path) -> None:
    write_folder(PolisExport(VoteLog(np.array([1]), np.array([2]), np.array([1], np.int8))), tmp_path / "new")
    assert votes_file(tmp_path / "new").name == "votes.csv"
    (tmp_path / "new" / "votes.csv").unlink()
    assert votes_file(tmp_path / "new").name == "participants-votes.csv"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "the upload: expected a votes.csv or participants-votes.csv, found neither"),
        ({"votes.csv": VOTES}, "the upload: expected a comments.csv, found none"),
        (
            {"votes.csv": VOTES, "a-votes.csv": VOTES},
            "the upload: expected one votes.csv, found votes.csv and a-votes.csv",
        ),
        (
            {"votes.csv": VOTES, "comments.csv": "comment-id\n1\n"},
            "comments.csv, line 1: expected a column “comment-body”, found only “comment-id”",
        ),
        (
            {"votes.csv": VOTES, "comments.csv": COMMENTS, "summary.csv": "topic,a,b\n"},
            "summary.csv, line 1: expected a name and a value, found 3 cells",
        ),
        (
            {"votes.csv": VOTES, "comments.csv": COMMENTS, "summary.csv": "topic,a\n\ntopic,b\n"},
            "summary.csv, line 3: expected each name once, found “topic” again",
        ),
        (
            {"votes.csv": VOTES, "comments.csv": COMMENTS, "summary.csv": ""},
            "summary.csv, line 1: expected lines of a name and a value, found an empty file",
        ),
    ],
)
def test_an_upload_is_taken_whole_or_not_at_all(files: dict[str, str], message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_uploads(((name, io.BytesIO(text.encode())) for name, text in files.items()), largest=1 << 20)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1,x,a,,,,0,t\n", "line 2, column comment-id: expected an integer, found “a”"),
        ("1,x,1,,,,2,t\n", "line 2, column moderated: expected -1, 0 or 1, found “2”"),
        (
            "1,x,1,,,,0,t\n1,x,1,,,,0,t\n",
            "line 3, column comment-id: expected each comment once, found comment 1",
        ),
        ('1,x,1,,,,0,"a\nb"\n1,x,2,z,,,0,t\n', "line 4, column author-id: expected an integer, found “z”"),
        ("1,x,1,,,,0\n", "line 2: expected 8 cells, found 7"),
    ],
)
def test_faults_in_comments(rows: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_comments(source(COMMENTS + rows, "comments.csv"))
    assert str(caught.value).startswith("comments.csv, " + message)


def test_comments_need_only_an_id() -> None:
    found = read_comments(source("is-meta,merged-into,comment-id\ntrue,,1\n,1,2\nF,,3\n", "comments.csv"))
    assert [one.is_zeroed for one in found] == [True, True, False]
    with pytest.raises(FormatError, match="column is-meta: expected true or false, found “perhaps”"):
        read_comments(source("is-meta,comment-id\nperhaps,1\n", "comments.csv"))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name, found in (("nowhere", "none"), ("file", "a file")):
        with pytest.raises(FormatError, match=f"{name}: expected a folder, found {found}"):
            read_folder(tmp_path / name)


def test_messages_show_cells_safely() -> None:
    assert quoted("") == "nothing"
    assert quoted("a\nb\x1b") == "“a\\nb\\x1b”"
    assert len(quoted("x" * 1000)) < 70


@pytest.mark.real_data
@pytest.mark.parametrize("name", [*REFERENCE, "london.youth.policing", PRODUCTION[-1]])
def test_real_exports_are_read_as_the_csv_module_reads_them(name: str, tmp_path: Path) -> None:
    folder = real("polis-production" if name in PRODUCTION else "polis", name)
    export = read_folder(folder)
    votes = plain_rows(only(folder, "votes.csv"))
    columns = {"participant": "voter-id", "statement": "comment-id", "vote": "vote", "timestamp": "timestamp"}
    for ours, theirs in columns.items():
        assert getattr(export.votes, ours).tolist() == [int(row[theirs]) for row in votes]
    comments = plain_rows(only(folder, "comments.csv"))
    assert [one.body for one in export.comments] == [row["comment-body"] for row in comments]
    assert export.zeroed == sorted(int(row["comment-id"]) for row in comments if row["moderated"] == "-1")
    with Source.of_path(only(folder, "summary.csv")).open() as raw:
        data = raw.read()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    assert list(export.summary.items()) == [
        tuple(row) for row in csv.reader(io.StringIO(text, newline="")) if row
    ]
    write_folder(export, tmp_path)
    again = read_folder(tmp_path)
    assert (again.comments, again.summary) == (export.comments, export.summary)
    assert again.votes.vote.tolist() == export.votes.vote.tolist()


def test_summary_alone() -> None:
    assert read_summary(source('topic,"a, ""b"""\nviews,3\n', "summary.csv")) == {
        "topic": 'a, "b"',
        "views": "3",
    }
