"""Ports that stay free until they are used: none of those that the kernel hands out to whoever asks for any."""

from __future__ import annotations

import os
import socket
from itertools import cycle, islice

LOWEST, MOST = 20_000, 12_000  # Linux hands out 32768 and more by itself
# Runs side by side begin far from one another.
_next = cycle([LOWEST + (os.getpid() * 97 + number) % MOST for number in range(MOST)])


def free_port() -> int:
    """Another one each time, so that two asked for at once differ."""
    for port in islice(_next, MOST):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")
