"""A process that must not outlive the one that started it, even when that one was killed by force."""

from __future__ import annotations

import os
import signal
import threading
import time

SUPERVISOR = "TEQUIO_SUPERVISOR"  # the process number of `tequio run`, set for what it starts
LOOK_EVERY_S = 0.5
GRACE_S = 10.0


def stop_with_supervisor(grace_s: float = GRACE_S) -> None:
    """Ends this process in order once the supervisor named in the environment is no longer its parent.

    After `grace_s` it ends by force, and what it has to stop itself would be left running: it needs longer.
    """
    said = os.environ.get(SUPERVISOR, "")
    if said.isdecimal():
        _watch(int(said), grace_s)


def stop_forks_with_this_process() -> None:
    """Makes every process forked from this one (granian's workers) end when this one is gone."""
    parent = os.getpid()
    os.register_at_fork(after_in_child=lambda: _watch(parent, GRACE_S))


def _watch(parent: int, grace_s: float) -> None:
    threading.Thread(target=_end_after, args=(parent, grace_s), name="parentage", daemon=True).start()


def _end_after(parent: int, grace_s: float) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_S)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace_s)
    os._exit(1)
