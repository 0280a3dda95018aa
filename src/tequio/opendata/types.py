"""The API as its page shows it: finished values for the template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One value that is sent: where (path, query, body) and whether it has to be there."""

    name: str
    where: str
    is_needed: bool


@dataclass(frozen=True)
class Operation:
    """`scope` is what a key has to open: for reading only if what is not public is wanted."""

    method: str
    path: str
    summary: str
    scope: str
    needs_key: bool
    asked: list[Asked]


@dataclass(frozen=True)
class Area:
    name: str
    operations: list[Operation]
