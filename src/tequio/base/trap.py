"""What a form tells of how it was filled: a field nobody sees, and the signed moment it was first drawn.

No cookie, no script, no puzzle.
"""

from __future__ import annotations

import time

from django.core import signing
from django.http import HttpRequest

from tequio.algorithms.risk import Filling

TRAP, BEGAN = "website", "began"
SALT = "tequio.base.trap"
# A page left open overnight says nothing of how fast somebody wrote.
KNOWN_FOR = 12 * 3600


def began_now() -> str:
    return signing.Signer(salt=SALT).sign(str(int(time.time() * 1000)))


def read_began(signed: str) -> float | None:
    """The moment in seconds since 1970; None for what we did not sign."""
    try:
        return int(signing.Signer(salt=SALT).unsign(signed)) / 1000
    except (signing.BadSignature, ValueError, OverflowError):
        return None


def filling_of_change(request: HttpRequest) -> Filling:
    """Of a form that mends words: one slip is mended faster than anybody writes, so the time says nothing."""
    return Filling(bool(request.POST.get(TRAP, "").strip()))


def filling_of(request: HttpRequest) -> Filling:
    """A form without our moment, or with a forged one, was not filled in on our page: 0 seconds."""
    began = read_began(request.POST.get(BEGAN, "")[:100])
    seconds = max(0.0, time.time() - began) if began is not None else 0.0
    is_trapped = bool(request.POST.get(TRAP, "").strip())
    return Filling(is_trapped, seconds if seconds <= KNOWN_FOR else None)
