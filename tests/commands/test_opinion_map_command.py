"""`tequio opinion-map`: what it prints, and one clear line for whatever is wrong."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from algorithms.naive import adjusted_rand
from algorithms.real_data import REFERENCE, load_json, only, real
from tequio.config.cli import main

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
KEYS = [
    "state",
    "participants",
    "statements",
    "votes",
    "placed",
    "k",
    "groups",
    "consensus",
    "group_informed_consensus",
    "group_informed_consensus_disagree",
    "priorities",
    "extremity",
    "silhouettes",
    "axes",
    "positions",
    "algorithm",
]


def two_camps() -> list[tuple[int, int, int]]:
    """(participant, statement, vote): 12 people say yes, 8 say no, all agree on statement 5."""
    camps = [(p, s, (1 if p < 12 else -1) if s != 5 else 1) for p in range(20) for s in range(10)]
    return [(p, s, 0 if (p * 7 + s * 3) % 11 == 0 else vote) for p, s, vote in camps if (p + 2 * s) % 9]


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    path = tmp_path / "votes.csv"
    path.write_text(HEAD + "".join(f"{p},x,{s},{p},{v}\n" for p, s, v in two_camps()))
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["opinion-map", *map(str, words)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def result(capsys: pytest.CaptureFixture[str], *words: object) -> Any:
    code, out, err = run(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_the_object(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    found = result(capsys, votes)
    lines = sorted(two_camps())
    assert list(found) == KEYS
    assert (found["participants"], found["statements"], found["votes"]) == (20, 10, len(lines))
    assert (found["placed"], found["k"]) == (20, 2)
    first, second = found["groups"]
    assert list(first) == ["id", "size", "members", "representative"]
    assert (first["id"], first["members"]) == (0, list(range(12)))
    assert (second["id"], second["members"]) == (1, list(range(12, 20)))
    assert list(first["representative"][0]) == ["statement", "direction", "metric", "r", "rt", "p", "pt"]
    assert {one["direction"] for one in second["representative"]} <= {"agree", "disagree"}
    assert 5 in found["consensus"]["agree"]
    assert list(found["group_informed_consensus"]) == [str(s) for s in range(10)]
    assert list(found["priorities"]) == [str(s) for s in range(10)]
    assert found["axes"]["statements"] == list(range(10))
    assert [len(one) for one in found["axes"]["components"]] == [10, 10]
    assert list(found["positions"]) == [str(p) for p in range(20)]
    assert all(round(x, 6) == x for place in found["positions"].values() for x in place)
    algorithm = found["algorithm"]
    assert list(algorithm) == ["name", "version", "parameters", "seed", "input_sha256"]
    text = "".join(f"{p},{s},{v}\n" for p, s, v in lines)
    assert algorithm["input_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_any_order_any_form_same_bytes(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    first = run(capsys, votes, "--json")[1]
    head, *lines = votes.read_text().splitlines(keepends=True)
    (votes.parent / "turned.csv.gz").write_bytes(gzip.compress("".join([head, *lines[::-1]]).encode()))
    assert run(capsys, votes.parent / "turned.csv.gz", "--json")[1] == first
    cells = {(p, s): v for p, s, v in two_camps()}
    rows = [
        [str(p), "", "0", "0", "0", "0", *(str(cells.get((p, s), "")) for s in range(10))] for p in range(20)
    ]
    names = [
        "participant",
        "group-id",
        "n-comments",
        "n-votes",
        "n-agree",
        "n-disagree",
        *map(str, range(10)),
    ]
    (votes.parent / "participants-votes.csv").write_text("\n".join(map(",".join, [names, *rows])))
    assert run(capsys, votes.parent / "participants-votes.csv", "--json")[1] == first
    assert run(capsys, votes.parent, "--json")[1] == first


def test_the_last_vote_wins(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(HEAD + "5,x,1,1,1\n4,x,1,1,-1\n5,x,1,1,0\n")
    assert result(capsys, path)["algorithm"]["input_sha256"] == hashlib.sha256(b"1,1,0\n").hexdigest()


def test_what_was_moderated_out_is_zeroed(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    comments = votes.parent / "comments.csv"
    comments.write_text("comment-id,moderated,is-meta,comment-body\n3,-1,,x\n5,0,true,y\n")
    found = result(capsys, votes, "--comments", comments)
    assert [found["axes"]["mean"][at] for at in (3, 5)] == [0, 0]
    assert found["priorities"]["5"] == 49
    assert 5 not in found["consensus"]["agree"]
    assert found == result(capsys, votes.parent)


def test_given_groups(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    groups = votes.parent / "groups.json"
    groups.write_text(json.dumps({p: "x" if p < 5 else 7 for p in range(18)}))
    found = result(capsys, votes, "--groups", groups)
    assert [(g["given"], g["size"], g["members"][0]) for g in found["groups"]] == [(7, 13, 5), ("x", 5, 0)]
    assert found["placed"] == 18


def test_parameters(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    found = result(capsys, votes, "--min-group-size", 11, "--seed", 7)
    assert (found["k"], found["state"]) == (0, "too_few_people")
    assert found["algorithm"]["parameters"]["min_group_size"] == 11
    assert found["algorithm"]["seed"] == 7
    plain = result(capsys, votes)
    assert result(capsys, votes, "--seed", 7)["positions"] == plain["positions"]


def test_summary_for_people(capsys: pytest.CaptureFixture[str], votes: Path) -> None:
    (votes.parent / "comments.csv").write_text('comment-id,comment-body\n5,"More trees,\nplease"\n')
    code, out, _ = run(capsys, votes.parent)
    assert code == 0
    assert "20 people, 10 statements" in out
    assert "Most people agree:\n  5  More trees, please" in out
    assert "Group 0: 12 people" in out
    assert "of all differences" in out
    code, out, _ = run(capsys, votes.parent, "--min-group-size", 11)
    assert "Too early to say" in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + "1,x,1,1,3\n",
            "votes.csv, line 2, column vote: expected 1 (agree), 0 (pass) or -1 (disagree)",
        ),
        ("", "votes.csv, line 1: expected a line with the names of the columns, found an empty file"),
    ],
)
def test_a_bad_file_is_one_line(
    capsys: pytest.CaptureFixture[str], votes: Path, text: str, message: str
) -> None:
    votes.write_text(text)
    code, out, err = run(capsys, votes, "--json")
    assert (code, out) == (2, "")
    assert err.startswith("tequio: " + message)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--min-group-size", "0"], "--min-group-size: expected a whole number from 1 on, found “0”"),
        (["--min-group-size", "x"], "--min-group-size: expected a whole number from 1 on, found “x”"),
        (["--seed", "-1"], "--seed: expected a whole number from 0 on, found “-1”"),
        (["--comments", "nowhere.csv"], "cannot read nowhere.csv: No such file or directory"),
    ],
)
def test_bad_words_are_one_line(
    capsys: pytest.CaptureFixture[str], votes: Path, words: list[str], message: str
) -> None:
    assert run(capsys, votes, *words) == (2, "", f"tequio: {message}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1, column 2: expected a JSON object, found Expecting property name"),
        ("[]", 'expected a JSON object {"participant": group}, found a list'),
        ('{"a": 1}', "expected a participant's number as key, found “a”"),
        ('{"1": true}', "expected a group's number or name for participant 1, found “true”"),
        ('{"1": 2, "1": 3}', "expected each participant once, found “1” twice"),
        (json.dumps({p: p for p in range(20)}), "OK"),
    ],
)
def test_bad_groups_are_one_line(
    capsys: pytest.CaptureFixture[str], votes: Path, text: str, message: str
) -> None:
    groups = votes.parent / "groups.json"
    groups.write_text(text)
    code, _, err = run(capsys, votes, "--groups", groups)
    if message == "OK":
        assert (code, err) == (0, "")
        return
    assert code == 2
    assert err.startswith("tequio: groups.json")
    assert message in err
    assert err.count("\n") == 1


def test_too_many_given_groups_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    votes, groups = tmp_path / "votes.csv", tmp_path / "groups.json"
    votes.write_text(HEAD + "".join(f"1,x,1,{p},1\n" for p in range(200)))
    groups.write_text(json.dumps({p: p for p in range(200)}))
    code, _, err = run(capsys, votes, "--groups", groups)
    assert (code, err) == (2, "tequio: 200 groups are given; at most 127 can be told apart\n")


def test_a_folder_without_votes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, tmp_path)
    assert code == 2
    assert "expected a votes.csv or participants-votes.csv, found neither" in err


def test_no_votes_are_an_answer_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(HEAD)
    found = result(capsys, tmp_path / "votes.csv")
    assert (found["state"], found["k"], found["positions"]) == ("no_votes", 0, {})
    assert "Nobody has voted" in run(capsys, tmp_path / "votes.csv")[1]


def test_no_django_no_database_and_no_trace_when_the_reader_has_enough(votes: Path) -> None:
    script = (
        "import sys; from tequio.config.cli import main; code = main(['opinion-map', sys.argv[1], '--json']);"
        "assert not {'django', 'psycopg'} & {name.split('.')[0] for name in sys.modules}; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(votes)],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["k"] == 2
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(votes)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    assert started.stderr.read() == b""
    started.stderr.close()
    assert started.wait(timeout=60) == 0


@pytest.mark.real_data
@pytest.mark.parametrize("name", REFERENCE[:3])
def test_real_conversations(capsys: pytest.CaptureFixture[str], name: str) -> None:
    folder = real("polis", name)
    expected = load_json(folder / "expected-reddwarf.json")
    found = result(
        capsys, only(folder, "votes.csv"), "--comments", folder / "comments.csv", "--min-group-size", 1
    )
    assert found["k"] == expected["k"]
    label = {person: group["id"] for group in found["groups"] for person in group["members"]}
    ours = [label[int(person)] for person in expected["labels"]]
    assert adjusted_rand(ours, list(expected["labels"].values())) >= 0.99
