"""Signatures under a process that members want to open."""

from __future__ import annotations

from dataclasses import dataclass

from tequio.people.models import Person

from ..models import Process
from .rules import rule_in


@dataclass(frozen=True)
class Signatures:
    """How many have signed, how many it takes, and whether the reader is one of them."""

    number: int
    needed: int
    is_hers: bool

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.number)


def signatures_of(process: Process, person: Person | None) -> Signatures:
    signers = process.backings.filter(person__is_active=True).values_list("person_id", flat=True)
    ids = set(signers)
    needed = rule_in(process.item.territory_id).openers
    return Signatures(len(ids), needed, person is not None and person.pk in ids)
