"""A way to pass an address on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WayOut:
    """A plain link by which an address is passed on."""

    name: str
    address: str
    is_outside: bool = True
