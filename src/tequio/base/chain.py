"""A chain of digests: each link binds what it seals to everything sealed before it.

hash(n) = SHA-256(hash(n - 1) + newline + content(n)), in lower-case hexadecimal, hash(0) = 64 zeros. Used for
what happened (`audit`) and for books of account. No table here: callers bring rows and keep hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

START = "0" * 64


def next_hash(previous: str, content: str) -> str:
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def hashes(previous: str, contents: Iterable[str]) -> Iterator[str]:
    """The hash of each content in turn, going on from `previous`."""
    for content in contents:
        previous = next_hash(previous, content)
        yield previous


@dataclass(frozen=True)
class Sealed:
    """A link as it is stored, with the sealed row as it reads today; `content` is None where that row is gone."""

    seq: int
    name: str
    content: str | None
    hash: str


class Broken(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    SWAPPED = "swapped"
    LINK_CHANGED = "link changed"
    LINK_REMOVED = "link removed"


@dataclass(frozen=True)
class Fault:
    """What is broken at link `seq`; `name` is the sealed row's, `other` of the one it was swapped with."""

    kind: Broken
    seq: int
    name: str = ""
    other: str = ""


@dataclass(frozen=True)
class _Misfit:
    """A link whose row does not give its hash: where, and what was there before it."""

    seq: int
    name: str
    previous: str
    content: str
    hash: str

    def would_fit(self, other: _Misfit) -> bool:
        return next_hash(self.previous, other.content) == self.hash


def faults(links: Iterable[Sealed]) -> Iterator[Fault]:
    """Everything that does not fit, in chain order; `links` come ordered by seq. Swaps are found at the end.

    Each link is tried against the hash that is stored before it, so one fault does not hide the next.
    """
    changed: list[_Misfit] = []
    stored, computed, at = START, START, 0
    suspect: _Misfit | None = None  # does not fit: its row or the link itself was changed
    for link in links:
        yield from (Fault(Broken.LINK_REMOVED, seq) for seq in range(at + 1, link.seq))
        is_next = link.seq == at + 1
        if suspect is not None:
            if is_next and computed != stored and _fits(link, computed):
                yield Fault(Broken.LINK_CHANGED, at, suspect.name)
                stored = computed
            else:
                changed.append(suspect)
            suspect = None
        if link.content is None:
            yield Fault(Broken.REMOVED, link.seq, link.name)
        elif is_next:  # after a gap there is nothing to try it against
            computed = next_hash(stored, link.content)
            suspect = (
                None
                if computed == link.hash
                else _Misfit(link.seq, link.name, stored, link.content, link.hash)
            )
        stored, at = link.hash, link.seq
    if suspect is not None:
        changed.append(suspect)
    yield from _swaps(changed)


def _fits(link: Sealed, previous: str) -> bool:
    return link.content is not None and next_hash(previous, link.content) == link.hash


def _swaps(changed: list[_Misfit]) -> Iterator[Fault]:
    """Two rows whose contents fit each other's link were swapped; the rest were changed."""
    swapped: set[int] = set()
    tried = changed[:1_000]  # every pair is tried: a bound on what a wholly rewritten table may cost
    for one, other in combinations(tried, 2):
        if swapped.isdisjoint({one.seq, other.seq}) and one.would_fit(other) and other.would_fit(one):
            swapped |= {one.seq, other.seq}
            yield Fault(Broken.SWAPPED, one.seq, one.name, other.name)
    for misfit in changed:
        if misfit.seq not in swapped:
            yield Fault(Broken.CHANGED, misfit.seq, misfit.name)
