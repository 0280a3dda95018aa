"""What belongs to somebody, as the walk through all models hands it on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from tequio.base.privacy import Rule


@dataclass(frozen=True)
class Whose:
    """All rows of one person (those she had as a guest too), and every sign she is known by in a text column."""

    people: tuple[int, ...]
    signs: frozenset[str]


@dataclass(frozen=True)
class Belonging:
    """A model with rows of people. `path` leads from a row to the person; "" where a text column names her."""

    model: type[Model]
    rule: Rule
    path: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def column(self) -> str:
        """The column that points at the person herself, "" where it leads to her over another row."""
        return self.path if self.path and "__" not in self.path else ""
