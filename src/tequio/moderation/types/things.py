"""Whatever can be reported, looked at in one way: an item, a comment, an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from tequio.base.languages import current
from tequio.base.multilingual import Field, Reading, read
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.discussions.enums import CommentState
from tequio.discussions.models import Comment
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import What


@dataclass(frozen=True)
class Thing:
    """One of the three, with its place at hand. `row` is the item, the comment or the organisation.

    `by_link`: the page on which its reader has it by a secret link, "" for what she sees otherwise.
    """

    row: Item | Comment | Organisation
    by_link: str = ""

    @property
    def what(self) -> What:
        if isinstance(self.row, Comment):
            return What.COMMENT
        return What.ITEM if isinstance(self.row, Item) else What.ORGANISATION

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def columns(self) -> dict[str, Any]:
        """The column of a report, a decision that points at it."""
        return {self.what.value: self.row}

    @property
    def kind(self) -> str:
        """As it is counted: the kind of the item, "comment", "organisation"."""
        return self.row.kind if isinstance(self.row, Item) else self.what.value

    @property
    def kind_word(self) -> str | Promise:
        return self.row.kind_info.word if isinstance(self.row, Item) else self.what.label

    @property
    def territory(self) -> Territory:
        return self.row.item.territory if isinstance(self.row, Comment) else self.row.territory

    @property
    def author_id(self) -> int | None:
        return self.row.made_by_id if isinstance(self.row, Organisation) else self.row.author_id

    @property
    def author(self) -> Person | None:
        return self.row.made_by if isinstance(self.row, Organisation) else self.row.author

    @property
    def organisation_id(self) -> int | None:
        """On whose behalf it stands."""
        if isinstance(self.row, Organisation):
            return self.row.pk
        return self.row.organisation_id if isinstance(self.row, Item) else None

    @property
    def field(self) -> Field:
        if isinstance(self.row, Comment):
            return self.row.words
        return self.row.title if isinstance(self.row, Item) else self.row.name

    @property
    def words(self) -> Reading:
        """What it says, or is called, in the reader's language."""
        return read(self.field, current())

    @property
    def original(self) -> Field:
        return self.field

    @property
    def path(self) -> str:
        if self.by_link:
            return self.by_link
        if isinstance(self.row, Organisation):
            return reverse("home:organisation_detail", args=[self.row.pk])
        return self.row.path

    @property
    def source(self) -> str:
        """Under which name notices were told of it."""
        app = {What.ITEM: "catalogue", What.COMMENT: "discussions", What.ORGANISATION: "organisations"}
        return f"{app[self.what]}.{self.what.value}:{self.row.pk}"

    @property
    def is_hidden(self) -> bool:
        return bool(self.row.hidden_by)

    @property
    def is_held(self) -> bool:
        """It waits for a moderator before anybody else sees it."""
        if isinstance(self.row, Organisation):
            return False
        return self.row.state in (ItemState.HELD, CommentState.HELD)

    @property
    def is_change(self) -> bool:
        """It was shown, and waits because its words changed."""
        if isinstance(self.row, Comment):
            return self.is_held and self.row.edited_at is not None
        return isinstance(self.row, Item) and self.is_held and self.row.published_at is not None

    @property
    def waits_since(self) -> datetime:
        """Of a change when it was made, else when it was written; of an item its `screening` must be at hand."""
        screening = getattr(self.row, "screening", None) if isinstance(self.row, Item) else None
        return screening.at if screening is not None and self.is_change else self.row.made_at

    @property
    def is_shown(self) -> bool:
        return not self.is_hidden if isinstance(self.row, Organisation) else self.row.is_shown

    @property
    def signs(self) -> dict[str, float]:
        """What the look at it before it was shown found; of an item its `screening` must be at hand."""
        if isinstance(self.row, Comment):
            return self.row.signs
        screening = getattr(self.row, "screening", None) if isinstance(self.row, Item) else None
        return screening.values if screening is not None else {}
