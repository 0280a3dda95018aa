"""Which part of a long list the quick tests take: it moves on with the commit. `make test-all` takes all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from source import ROOT

T = TypeVar("T")
IS_WHOLE = os.environ.get("TEQUIO_TEST_WHOLE") == "1"


@lru_cache(maxsize=1)
def turn() -> int:
    """A number that moves on with the commit; 0 outside a checkout."""
    said = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    return int(said.strip() or "0", 16)


def part(values: Sequence[T], every: int, offset: int = 0) -> list[T]:
    """One in `every`, at least one; all of them in the whole tests. `offset` lets neighbours take other ones."""
    first = (turn() + offset) % min(every, len(values))
    return list(values) if IS_WHOLE else list(values[first::every])
