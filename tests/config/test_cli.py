"""The command line: plain help, exit codes 0, 1 and 2, one clear line and never a trace."""

import argparse
import os
import subprocess
import sys
from types import ModuleType, SimpleNamespace

import pytest

from tequio.base.command_line import CommandFailed
from tequio.config import cli
from tequio.config.commands.serve import checked_port


@pytest.fixture
def word(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A command `word` whose body a test sets."""
    module = SimpleNamespace(
        HELP="a word", NEEDS_DATABASE=False, add_arguments=lambda parser: None, run=lambda options: 0
    )
    real = cli.importlib.import_module
    monkeypatch.setattr(cli, "COMMANDS", {"word": "a.word"})
    monkeypatch.setattr(
        cli.importlib, "import_module", lambda path: module if path == "a.word" else real(path)
    )
    return module


def test_the_exit_code_is_what_the_command_says(word: SimpleNamespace) -> None:
    for code in (0, 1, 2):
        word.run = lambda options, code=code: code
        assert cli.main(["word"]) == code


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (CommandFailed("The file is empty."), 2, "tequio: The file is empty.\n"),
        (CommandFailed("They differ.", 1), 1, "tequio: They differ.\n"),
        (KeyboardInterrupt(), 2, ""),
        (ZeroDivisionError("division by zero"), 2, "tequio: ZeroDivisionError: division by zero (TEQUIO_DEBUG=1 shows where)\n"),
    ],
)  # fmt: skip
def test_what_fails_says_one_line(
    word: SimpleNamespace,
    error: BaseException,
    code: int,
    line: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(options: argparse.Namespace) -> int:
        raise error

    monkeypatch.delenv("TEQUIO_DEBUG", raising=False)
    word.run = fail
    assert cli.main(["word"]) == code
    assert capsys.readouterr() == ("", line)


def test_every_command_keeps_the_contract() -> None:
    for path in cli.COMMANDS.values():
        module: ModuleType = cli.importlib.import_module(path)
        assert module.HELP
        assert "\n" not in module.HELP
        module.add_arguments(argparse.ArgumentParser())
        assert callable(module.run)


def test_help_names_every_command() -> None:
    """In a process of its own: no command may need Django merely to be named."""
    path = os.pathsep.join(filter(None, sys.path))
    said = subprocess.run(
        [sys.executable, "-m", "tequio.config.cli", "--help"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert [word for word in cli.COMMANDS if word not in said.stdout.split()] == []


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(CommandFailed, match="from 1 to 65535"):
        checked_port(port)
