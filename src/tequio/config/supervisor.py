"""Keeps the parts of `tequio run` alive and stops all of them in the end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from tequio.config.parentage import SUPERVISOR
from tequio.config.postgres import Database, DatabaseProblem

LOOK_EVERY_S = 0.3
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
GOOD_LIFE_S = 60.0  # a part that lived this long starts again with the first pause
STOP_PATIENCE_S = 15.0
WHOLE_STOP_S = 120.0  # all parts one after the other, then the database


@dataclass
class Part:
    """One process that should always run, in a session of its own so that Ctrl-C reaches only us."""

    name: str
    words: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    due_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = start_tequio(self.words)
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def plan_restart(self) -> float:
        """Seconds until it may start again: doubled each time, up to a bound."""
        now = time.monotonic()
        if now - self.started_at > GOOD_LIFE_S:
            self.pause_s = FIRST_PAUSE_S
        pause = self.pause_s
        self.due_at = now + pause
        self.pause_s = min(pause * 2, LONGEST_PAUSE_S)
        return pause


class Supervisor:
    """Starts parts, restarts those that end, and ends all when asked by Ctrl-C or SIGTERM."""

    def __init__(self, say: Callable[[str], None]):
        self.say = say
        self.database: Database | None = None
        self.asked_to_stop = threading.Event()
        self.parts: list[Part] = []

    def listen_for_stop(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop.set()

    def finish(self, *words: str) -> int | None:
        """Runs `tequio WORDS` to its end; its exit code, or None when we were asked to stop meanwhile."""
        if self.asked_to_stop.is_set():
            return None
        process = start_tequio(words)
        while process.poll() is None:
            if self.asked_to_stop.wait(0.05):
                end_process(process)
                return None
        return process.returncode

    def add(self, name: str, *words: str) -> Part:
        part = Part(name, words)
        part.start()
        self.parts.append(part)
        return part

    def watch(self) -> None:
        """Returns when asked to stop."""
        while not self.asked_to_stop.wait(LOOK_EVERY_S):
            self._look_after_database()
            for part in self.parts:
                self._look_after(part)

    def _look_after_database(self) -> None:
        try:
            if self.database is not None and self.database.revive():
                self.say("the embedded PostgreSQL had stopped; it runs again.")
        except DatabaseProblem as problem:
            self.say(f"{problem} Trying again.")

    def _look_after(self, part: Part) -> None:
        if part.is_alive():
            return
        if part.process is not None:
            code = part.process.returncode
            end_process(part.process)  # what it started may still run, and hold the port
            part.process = None
            pause = part.plan_restart()
            how = f"was killed (signal {-code})" if code < 0 else f"ended (exit code {code})"
            self.say(f"the {part.name} {how}; starting it again in {pause:.0f} s.")
        elif time.monotonic() >= part.due_at:
            part.start()

    def stop_parts(self) -> None:
        """Asks all at once, waits for each."""
        running = [part.process for part in self.parts if part.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            end_process(process)


def start_tequio(words: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "tequio.config.cli", *words],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {SUPERVISOR: str(os.getpid())},
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and everything it started: in order first, by force in the end."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
