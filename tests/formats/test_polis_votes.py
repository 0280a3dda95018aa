"""Votes files: what the quick way and the slow way read is what the csv module reads; faults name their
place.
"""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.formats import polis_source
from tequio.formats.errors import FormatError
from tequio.formats.polis_source import Source
from tequio.formats.polis_votes import VoteLog, read_votes

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
MATRIX_HEAD = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,3,10,7\n"


def source(text: str | bytes, name: str = "votes.csv", largest: int = 1 << 20) -> Source:
    data = text.encode() if isinstance(text, str) else text
    return Source.of_stream(name, io.BytesIO(data), largest)


def fault(text: str | bytes, name: str = "votes.csv", largest: int = 1 << 20) -> str:
    with pytest.raises(FormatError) as caught:
        read_votes(source(text, name, largest))
    return str(caught.value)


def listed(log: VoteLog) -> list[tuple[int, int, int]]:
    return list(zip(log.participant.tolist(), log.statement.tolist(), log.vote.tolist(), strict=True))


NUMBERS = st.integers(-(10**17), 10**17)
DATES = st.sampled_from(
    ["", "Mon Sep 02 2019", 'a "quoted" day', "with, comma", "día", "two\nlines", "two\r\nlines"]
)
LINES = st.lists(
    st.tuples(st.integers(0, 10**13), DATES, NUMBERS, NUMBERS, st.sampled_from([-1, 0, 1])), max_size=20
)


@given(LINES, st.permutations(range(5)), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(20, 200))
@settings(max_examples=150)
def test_a_log_is_read_as_the_csv_module_reads_it(
    lines: list, order: list[int], ending: str, with_mark: bool, chunk: int
) -> None:
    names = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=ending)
    writer.writerow([names[at] for at in order])
    writer.writerows([line[at] for at in order] for line in lines)
    text = out.getvalue()
    plain = list(csv.DictReader(io.StringIO(text, newline="")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(polis_source, "CHUNK", chunk)
        log = read_votes(source(b"\xef\xbb\xbf" * with_mark + text.encode()))
    expected = [(int(row["voter-id"]), int(row["comment-id"]), int(row["vote"])) for row in plain]
    assert listed(log) == expected
    assert log.timestamp is not None
    assert log.timestamp.tolist() == [int(row["timestamp"]) for row in plain]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 0, 3]),
            st.lists(st.sampled_from(["", "1", "0", "-1"]), min_size=3, max_size=3),
        ),
        max_size=12,
    ),
    st.booleans(),
    st.integers(70, 200),
)
def test_a_matrix_is_read_cell_by_cell(rows: list, is_quoted: bool, chunk: int) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    for person, (group, cells) in enumerate(rows):
        writer.writerow([person * 5, "" if group is None else group, 0, 0, 0, 0, *cells])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(polis_source, "CHUNK", chunk)
        log = read_votes(source(MATRIX_HEAD + out.getvalue()))
    expected = [
        (person * 5, statement, int(cell))
        for person, (_, cells) in enumerate(rows)
        for statement, cell in zip((3, 10, 7), cells, strict=True)
        if cell
    ]
    assert sorted(listed(log)) == sorted(expected)
    assert log.group == {i * 5: group for i, (group, _) in enumerate(rows) if group is not None}
    assert log.timestamp is None


def test_gzip_blank_lines_and_no_last_newline() -> None:
    text = HEAD + "\n5,x,1,2,1\n\n6,x,1,3,-1"
    assert listed(read_votes(source(gzip.compress(text.encode()), "votes.csv.gz"))) == [(2, 1, 1), (3, 1, -1)]
    assert len(read_votes(source(HEAD))) == 0
    assert len(read_votes(source(MATRIX_HEAD.rstrip()))) == 0


def test_further_columns_are_kept_where_they_mean_something() -> None:
    text = "xid,important,timestamp,comment-id,voter-id,vote,other\nab,true,1,2,3,1,zzz\n,0,1,2,4,0,\n"
    log = read_votes(source(text))
    assert log.important is not None
    assert log.important.tolist() == [True, False]
    assert log.xid == {3: "ab"}
    quick = read_votes(source("important,timestamp,comment-id,voter-id,vote\n1,1,2,3,1\n0,1,2,4,0\n"))
    assert quick.important is not None
    assert quick.important.tolist() == [True, False]


def test_a_matrix_needs_only_the_participants() -> None:
    assert listed(read_votes(source("participant,3,-4,name\n5,1,-1,x\n"))) == [(5, 3, 1), (5, -4, -1)]


def test_last_votes() -> None:
    votes = read_votes(source(HEAD + "9,x,1,2,1\n5,x,1,2,-1\n9,x,1,2,0\n")).last_votes()
    assert votes.vote.tolist() == [0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "votes.csv, line 1: expected a line with the names of the columns, found an empty file"),
        ("\n\n", "line 1: expected a line with the names of the columns"),
        ("a,b\n1,2\n", "line 1: expected the columns timestamp, comment-id, voter-id, vote, or participant"),
        (
            "timestamp,comment-id,vote\n",
            "line 1: expected a column “voter-id”, found only “timestamp, comment",
        ),
        ("vote,vote\n", "line 1, column 2: expected each column once, found “vote” twice"),
        ('"vote\n",x\n', "line 1: expected the names of the columns on one line"),
        (
            HEAD + "1,x,1,1,2\n",
            "line 2, column vote: expected 1 (agree), 0 (pass) or -1 (disagree), found “2”",
        ),
        (
            HEAD + "1,x,1,1,1\n1,x,1,2,\n",
            "line 3, column vote: expected 1 (agree), 0 (pass) or -1 (disagree), found nothing",
        ),
        (HEAD + "1,x,1,1,1.0\n", "line 2, column vote: expected 1 (agree)"),
        (HEAD + "1,x,one,1,1\n", "line 2, column comment-id: expected an integer, found “one”"),
        (HEAD + "1,x,1,١,1\n", "line 2, column voter-id: expected an integer, found “١”"),
        (HEAD + "1,x,1,1234567890123456789,1\n", "line 2, column voter-id: expected an integer"),
        (HEAD + ",x,1,1,1\n", "line 2, column timestamp: expected an integer, found nothing"),
        (HEAD + "1,x,1,1\n", "line 2: expected 5 cells, found 4"),
        (HEAD + "1,x,1,1,1\n1,x,1,1,1,1\n", "line 3: expected 5 cells, found 6"),
        (HEAD + "1,x,1,1\n1,x,1,1,1,1\n", "line 2: expected 5 cells, found 4"),
        (HEAD + '1,"two\nlines",1,1,1\n1,x,1,1,7\n', "line 4, column vote: expected 1 (agree)"),
        (HEAD + '1,"x,1,1,1\n', "line 2: expected well-formed CSV, found unexpected end of data"),
        (HEAD + '1,"x"y,1,1,1\n', "line 2: expected well-formed CSV"),
        (HEAD + "1,x\0,1,1,1\n", "line 2: expected text, found a NUL character"),
        ("important," + HEAD + "maybe,1,x,1,1,1\n", "line 2, column important: expected true or false"),
        (
            MATRIX_HEAD + "1,,0,0,0,0,1,2,\n",
            "line 2, column 10: expected 1 (agree), 0 (pass) or -1 (disagree)",
        ),
        (MATRIX_HEAD + "x,,0,0,0,0,1,,\n", "line 2, column participant: expected an integer, found “x”"),
        (MATRIX_HEAD + "1,a,0,0,0,0,1,,\n", "line 2, column group-id: expected an integer, found “a”"),
        (
            MATRIX_HEAD + "1,,0,0,0,0,1,,\n2,,,,,,,,\n1,,,,,,,,\n",
            "line 4, column participant: expected one row for participant 1, found another one, after line 2",
        ),
        (MATRIX_HEAD + '"1",,0,0,0,0,1,,\n1,,,,,,,,\n', "line 3, column participant: expected one row"),
        (MATRIX_HEAD + "1,,0,0\n", "line 2: expected 9 cells, found 4"),
        ("participant,3,03\n", "line 1: expected each statement once"),
    ],
)
def test_faults_name_line_column_and_what_was_expected(text: str, message: str) -> None:
    found = fault(text)
    assert found.startswith("votes.csv, line")
    assert message in found


def test_bytes_that_are_no_text() -> None:
    assert "line 3: expected text in UTF-8, found the byte 0xff" in fault(
        HEAD.encode() + b"1,x,1,1,1\n1,\xff,1,1,1\n"
    )
    packed = gzip.compress(HEAD.encode())
    assert fault(packed) == "votes.csv: expected text, found a gzip file"
    assert fault(HEAD, "votes.csv.gz") == "votes.csv.gz: expected a gzip file, found something else"
    assert "expected a whole gzip file, found a damaged one" in fault(packed[:-12], "votes.csv.gz")
    assert "expected a whole gzip file, found a damaged one" in fault(packed[:12] + b"\7" * 9, "votes.csv.gz")


def test_a_gzip_bomb_stops_at_the_bound() -> None:
    bomb = gzip.compress(b"0" * 30_000_000)
    assert len(bomb) < 40_000
    assert fault(bomb, "votes.csv.gz", 1_000_000) == (
        "votes.csv.gz: expected at most 1,000,000 bytes of text, found more"
    )


def test_absurd_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polis_source, "LONGEST_LINE", 100)
    monkeypatch.setattr(polis_source, "CHUNK", 60)
    assert "line 2: expected lines of less than 16 MB" in fault(HEAD + "1" * 500)
    monkeypatch.setattr(polis_source, "MOST_COLUMNS", 4)
    assert "line 1: expected at most 4 columns, found 5" in fault(HEAD)


def test_a_path_is_read_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(HEAD + "1,x,1,1,1\n")
    assert listed(read_votes(Source.of_path(path))) == [(1, 1, 1)]


def test_an_upload_stays_open_and_can_be_read_again() -> None:
    stream = io.BytesIO((HEAD + "1,x,1,1,1\n").encode())
    one = Source.of_stream("votes.csv", stream, 1000)
    assert listed(read_votes(one)) == listed(read_votes(one))
    assert not stream.closed


def test_many_regular_lines_take_the_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """One odd line sends its own piece the slow way and no other."""
    from tequio.formats import polis_votes

    slow = []
    plain = polis_votes.rows
    monkeypatch.setattr(polis_source, "CHUNK", 1000)
    monkeypatch.setattr(polis_votes, "rows", lambda *given: slow.append(1) or plain(*given))
    lines = [f"{i},x,{i % 7},{i},{i % 3 - 1}\n" for i in range(2000)]
    lines[1000] = "1000, x ,6, 1000 ,0\n"
    log = read_votes(source(HEAD + "".join(lines)))
    assert len(slow) == 1
    assert log.participant.tolist() == list(range(2000))
    assert (log.vote == np.arange(2000) % 3 - 1).all()
