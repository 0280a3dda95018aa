"""For whoever answers a letter that came by post."""

from __future__ import annotations

import io
import stat

import pytest

from tequio.audit.models import Record
from tequio.base.command_line import CommandFailed
from tequio.config.cli import build_parser
from tequio.portal.me.commands import people
from tequio.portal.me.models import Erasure
from tequio.portal.me.services.packing import read_archive

pytestmark = pytest.mark.django_db


def run(*words: object) -> int:
    return people.run(build_parser(["people", *map(str, words)]).parse_args(["people", *map(str, words)]))


def test_export_writes_a_file_for_her_alone(member, tmp_path, capsys):
    file = tmp_path / "mina.zip"
    assert run("export", "Mina@example.org", file) == 0
    assert "mina@example.org" in read_archive(io.BytesIO(file.read_bytes()))["index.html"].decode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "bytes" in capsys.readouterr().out
    assert Record.objects.filter(act="person.copy", actor="system").count() == 1
    with pytest.raises(CommandFailed, match="there already"):
        run("export", "mina@example.org", file)


def test_export_where_nothing_can_be_written(member, tmp_path):
    with pytest.raises(CommandFailed, match="cannot be written"):
        run("export", "mina@example.org", tmp_path / "no" / "such" / "mina.zip")


def test_unknown_addresses(tmp_path):
    for word in (
        ("export", "nobody@example.org", tmp_path / "x.zip"),
        ("erase", "nobody@example.org", "--reason", "letter"),
    ):
        with pytest.raises(CommandFailed, match="Nobody here"):
            run(*word)


def test_erase_asks_once_more(member, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandFailed, match="--yes"):
        run("erase", "mina@example.org", "--reason", "letter")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda words: "no")
    with pytest.raises(CommandFailed, match="Nothing was erased"):
        run("erase", "mina@example.org", "--reason", "letter")
    assert not Erasure.objects.exists()
    assert run("erase", "mina@example.org", "--reason", "letter", "--yes") == 0
    row = Erasure.objects.get()
    assert (row.state, row.reason) == ("done", "letter")
    assert str(row.uid) in capsys.readouterr().out
    with pytest.raises(CommandFailed, match="Nobody here"):
        run("erase", "mina@example.org", "--reason", "letter", "--yes")


def test_a_reason_is_one_of_the_list(member):
    with pytest.raises(SystemExit):
        run("erase", "mina@example.org", "--reason", "Mina Doe of 4 High Street wrote to us")
