"""What is started ends with whoever started it, and has the time it needs to stop what it started itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHILD = """
import os, signal, sys, time
from pathlib import Path
from tequio.config.parentage import stop_with_supervisor

def stop(number, frame):
    time.sleep({pause})
    Path(sys.argv[1]).write_text("all stopped")
    os._exit(0)

signal.signal(signal.SIGTERM, stop)
stop_with_supervisor({grace})
print("ready", flush=True)
while True:
    time.sleep(0.1)
"""
PARENT = """
import os, subprocess, sys
env = os.environ | {{"TEQUIO_SUPERVISOR": str(os.getpid())}}
child = subprocess.Popen([sys.executable, "-c", {code!r}, sys.argv[1]], stdout=subprocess.PIPE, env=env)
child.stdout.readline()
print(child.pid, flush=True)
os._exit(1)
"""


def is_gone(pid: int) -> bool:
    """Ended, or only kept as a line by whoever has not looked yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize(("grace", "pause", "is_in_order"), [("60", "1", True), ("0.2", "60", False)])
def test_it_stops_in_order_unless_that_takes_longer_than_its_grace(
    grace: str, pause: str, is_in_order: bool, tmp_path: Path
) -> None:
    word = tmp_path / "word"
    code = PARENT.format(code=CHILD.format(grace=grace, pause=pause))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    said = subprocess.run(
        [sys.executable, "-c", code, str(word)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        check=False,
    ).stdout
    deadline = time.monotonic() + 30
    while not is_gone(int(said)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert word.exists() == is_in_order
