"""`tequio bench opinion-map`: its figures are there and hang together; how large they are is not tested
here.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tequio.algorithms.opinion_map import compute
from tequio.base.command_line import CommandFailed
from tequio.config.cli import main
from tequio.ideas.deliberation.commands import bench

STAGES = ["matrix", "axes", "positions", "groups", "statistics"]


def test_made_up_votes_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["bench", "opinion-map", "--participants", "500", "--statements", "60"]
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found["stages"]) == STAGES
    assert all(set(one) == {"cpu_s", "peak_mb"} for one in [*found["stages"].values(), found["total"]])
    assert found["total"]["cpu_s"] == pytest.approx(sum(one["cpu_s"] for one in found["stages"].values()))
    assert found["total"]["peak_mb"] == max(one["peak_mb"] for one in found["stages"].values())
    assert found["ratio"] == pytest.approx(found["total"]["cpu_s"] / found["bincount"]["cpu_s"])
    assert found["bincount"]["cpu_s"] > 0
    assert main(words) == 0
    assert "500 people × 60 statements" in capsys.readouterr().out


def test_a_real_file_is_measured(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    votes, comments = tmp_path / "v.csv", tmp_path / "c.csv"
    votes.write_text(
        "timestamp,comment-id,voter-id,vote\n" + "".join(f"1,{i % 9},{i // 9},1\n" for i in range(90))
    )
    comments.write_text("comment-id,moderated\n3,-1\n")
    assert main(["bench", "opinion-map", "--votes", str(votes), "--comments", str(comments), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["votes"] == 90


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--participants", "5"],
        ["--statements", "5"],
        ["--participants", "5", "--statements", "5", "--votes", "x.csv"],
        ["--participants", "5", "--votes", "x.csv"],
    ],
)
def test_one_or_the_other(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(["bench", "opinion-map", *words]) == 2
    assert capsys.readouterr().err == "tequio: give either --participants N --statements M, or --votes FILE\n"


@pytest.mark.parametrize("number", ["0", "-3", "x"])
def test_numbers_must_be_positive(capsys: pytest.CaptureFixture[str], number: str) -> None:
    assert main(["bench", "opinion-map", "--participants", number, "--statements", "5"]) == 2
    assert "--participants: expected a whole number from 1 on" in capsys.readouterr().err


def test_made_up_votes_are_as_promised() -> None:
    votes = bench.made_up_votes(6000, 300, seed=3)
    assert votes.shape == (6000, 300)
    assert 40 < len(votes) / 6000 < 50
    assert set(np.unique(votes.vote)) == {-1, 0, 1}
    assert 2 <= compute(votes).k <= 4
    again = bench.made_up_votes(6000, 300, seed=3)
    assert (again.column == votes.column).all()
    assert (again.vote == votes.vote).all()


def test_statements_nobody_answered_are_left_out() -> None:
    votes = bench.made_up_votes(3, 200, seed=0)
    assert len(votes.statements) == len(set(votes.column.tolist())) < 200


def test_peaks_are_seen() -> None:
    stages = bench._Stages(bench._memory("VmRSS"))
    with stages.watch("large"):
        block = np.ones(8_000_000)
        del block
    with stages.watch("small"):
        pass
    assert stages.peak["large"] > 50
    assert stages.peak["small"] < stages.peak["large"] - 40


def test_a_kernel_that_does_not_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, text: str) -> int:
        raise PermissionError("no")

    with pytest.raises(CommandFailed, match="VmNothing"):
        bench._memory("VmNothing")
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(CommandFailed, match="measure its memory"):
        bench._forget_peak()
