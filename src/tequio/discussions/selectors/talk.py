"""A discussion as one reader sees it: finished values for templates."""

from __future__ import annotations

from dataclasses import dataclass, field

from tequio.base.multilingual import Reading
from tequio.catalogue.enums import Bar
from tequio.catalogue.models import Item
from tequio.recipes.types import Why

from ..models import Comment
from ..permissions import organisation_of


@dataclass(frozen=True)
class Said:
    """One comment. `words` is None where she may not read them; `note` says why: withdrawn, hidden or erased.

    `is_cut`: only its beginning stands here. `is_by_lot`: today's lottery put it where it stands.
    """

    comment: Comment
    words: Reading | None
    note: str = ""
    is_cut: bool = False
    useful: int = 0
    is_hers: bool = False
    is_marked: bool = False
    is_organiser: bool = False
    is_by_lot: bool = False
    may_reply: bool = False
    may_mark: bool = False
    may_edit: bool = False
    may_withdraw: bool = False
    may_translate: bool = False
    replies: list[Said] = field(default_factory=list)
    more_replies: int = 0


@dataclass(frozen=True)
class Column:
    """One side, or all where there are no sides; `more` is the cursor of what follows."""

    side: str
    number: int
    said: list[Said]
    more: str = ""


@dataclass(frozen=True)
class Talk:
    """What is said about an item. `number` counts comments and their answers.

    `bar`: what keeps her from writing although it is open.
    """

    item: Item
    columns: list[Column]
    number: int
    order: str
    is_open: bool
    may_comment: bool
    bar: Bar
    shows_buttons: bool
    why: Why

    @property
    def organisation_id(self) -> int | None:
        return organisation_of(self.item)

    @property
    def has_sides(self) -> bool:
        return self.item.comments == "two" or any(column.side for column in self.columns)

    @property
    def has_more(self) -> bool:
        return any(column.more for column in self.columns)


@dataclass(frozen=True)
class Place:
    """Where a comment stands today in the recipe's order, of how many, and why."""

    number: int
    of: int
    is_by_lot: bool
    why: Why
