"""`tequio import-polis`: exit codes and one clear line; and real conversations."""

from __future__ import annotations

import sys
import time

import pytest

from tequio.base.command_line import CommandFailed
from tequio.config import cli
from tequio.ideas.deliberation.models import Conversation, StatementVote

pytestmark = pytest.mark.django_db


def tequio(words: list[str]) -> int:
    """As the console script does it, in the test's own transaction."""
    options = cli.build_parser(words).parse_args(words)
    try:
        return options.module.run(options)
    except CommandFailed as failed:
        sys.stderr.write(f"tequio: {failed}\n")
        return failed.code


@pytest.fixture
def on_disk(tmp_path, folder):
    for name, content in folder.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_it_imports_and_says_what(on_disk, lome, capsys):
    assert tequio(["import-polis", str(on_disk), "--territory", lome.code, "--language", "en"]) == 0
    conversation = Conversation.objects.get()
    said = capsys.readouterr().out
    assert said == f"conversation {conversation.pk}: 3 statements, 2 participants, 4 votes\n"
    assert conversation.item.author is None


def test_the_same_again_is_not_so_unless_asked(on_disk, lome, capsys):
    words = ["import-polis", str(on_disk), "--territory", lome.code]
    assert tequio(words) == 0
    assert tequio(words) == 1
    assert "already; --again" in capsys.readouterr().err
    assert tequio([*words, "--again", "--question", "Once more?"]) == 0
    assert Conversation.objects.order_by("-pk")[0].item.title["en"]["text"] == "Once more?"


@pytest.mark.parametrize(
    ("change", "words", "said"),
    [
        (None, ["--territory", "XX"], "there is no place with the code “XX”"),
        (None, ["--language", "xx"], "“xx” is not a language we know"),
        ("votes.csv", [], "expected a votes.csv or participants-votes.csv, found neither"),
    ],
)
def test_bad_input_ends_in_one_line(on_disk, lome, capsys, change, words, said):
    if change:
        (on_disk / change).unlink()
    territory = [] if "--territory" in words else ["--territory", lome.code]
    assert tequio(["import-polis", str(on_disk), *territory, *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not Conversation.objects.exists()


def test_a_folder_that_is_not_there(lome, capsys):
    assert tequio(["import-polis", "/nowhere/at/all", "--territory", lome.code]) == 2
    assert capsys.readouterr().err.startswith("tequio: ")


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "language", "statements", "participants", "votes"),
    [("vtaiwan.uberx", "zh", 197, 1921, 49_443), ("brexit-consensus", "en", 50, 204, 5_303)],
)
def test_real_conversations(real_folder, lome, capsys, name, language, statements, participants, votes):
    begun = time.monotonic()
    code = tequio(["import-polis", str(real_folder(name)), "--territory", lome.code, "--language", language])
    assert code == 0
    assert time.monotonic() - begun < 20
    assert f"{statements} statements, {participants} participants, {votes} votes" in capsys.readouterr().out
    assert StatementVote.objects.count() == votes
