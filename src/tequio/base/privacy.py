"""What each model says of personal data in it, so that export, erasure and merging find it by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

ERASE = ("delete", "anonymise", "keep")
MERGE = ("move", "keep")


@dataclass(frozen=True)
class Rule:
    """`person`: the column that names her ("" where none does); the rest says what becomes of the row.

    The column leads to a person, or to a row of another model that does (a vote to its participant), or it
    holds what she is known by: an address, a number, her opaque id, or the SHA-256 of one of these.

    export: whether she gets the row in her copy; never with the columns named in `secret`.
    erase: "delete" the row, "anonymise" it (the column and her `words` are blanked), or "keep" it with `why`.
    words, stays: the text columns that are blanked in a row that is not deleted, and those that are not hers to
    take along (codes, what a place published). A test asks that each text column is in one of them.
    forget: dotted name of a service `(rows, *, by)` that does first what this rule cannot say.
    merge: "move" the row to the account she turns out to have, or "keep" it where it is, with `why`.
    later: where both have such a row and only one may stay, the column whose greater value decides which;
    without it the account's own stays. A model with `absorb(lost)` is told of the row that went,
    one with `absorb_all([(kept, lost), …])` of all at once.
    address: the column with an address or number she is reached at.
    """

    person: str = ""
    export: bool = False
    erase: str = "keep"
    merge: str = "keep"
    why: str = ""
    later: str = ""
    words: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    address: str = ""
    forget: str = ""

    def __post_init__(self) -> None:
        if self.erase not in ERASE or self.merge not in MERGE:
            raise ValueError(f"unknown rule: erase={self.erase!r} merge={self.merge!r}")
        if self.person and "keep" in (self.erase, self.merge) and not self.why:
            raise ValueError("keeping what belongs to a person needs a reason")


NOT_PERSONAL = Rule()


def rule_of(model: Any) -> Rule | None:
    """What a model says itself; for models of outside packages, what the settings say of them."""
    own = getattr(model, "privacy", None)
    if isinstance(own, Rule):
        return own
    foreign: dict[str, Rule] = settings.FOREIGN_PRIVACY
    return foreign.get(model._meta.label_lower)
