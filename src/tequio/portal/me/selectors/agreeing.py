"""The history of somebody's consents, with the words as they were."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

from tequio.consent.models import ConsentFact
from tequio.consent.types import BY_VERSION


@dataclass(frozen=True)
class Fact:
    """`words` in the language she read them in."""

    row: ConsentFact
    words: str

    @property
    def version_number(self) -> str:
        return self.row.version.rpartition("-")[2]


def facts_of(rows: list[ConsentFact]) -> list[Fact]:
    found = []
    for row in rows:
        with translation.override(row.language):
            text = BY_VERSION.get(row.version)
            found.append(Fact(row, str(text.words) if text else ""))
    return found
