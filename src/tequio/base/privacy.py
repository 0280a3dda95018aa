"""What each model says of personal data in it, so that export, erasure and merging find it by themselves."""

from __future__ import annotations

from dataclasses import dataclass

ERASE = ("delete", "anonymise", "keep")
MERGE = ("move", "keep")


@dataclass(frozen=True)
class Rule:
    """`person`: the column that names her ("" where none does); the rest says what becomes of the row.

    erase: "delete" the row, "anonymise" it (the column and her words are blanked), "keep" it with `why`.
    merge: "move" the row to the account she turns out to have, or "keep" it where it is, with `why`.
    later: where both have such a row and only one may stay, the column whose greater value decides which;
    without it the account's own stays. A model with `absorb(lost)` is told of the row that went,
    one with `absorb_all([(kept, lost), …])` of all at once.
    """

    person: str = ""
    export: bool = False
    erase: str = "keep"
    merge: str = "keep"
    why: str = ""
    later: str = ""

    def __post_init__(self) -> None:
        if self.erase not in ERASE or self.merge not in MERGE:
            raise ValueError(f"unknown rule: erase={self.erase!r} merge={self.merge!r}")
        if self.person and "keep" in (self.erase, self.merge) and not self.why:
            raise ValueError("keeping what belongs to a person needs a reason")


NOT_PERSONAL = Rule()
