"""What became of an item's words, readable: who changed what, when, and which words went and came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tequio.base.languages import current, name_of
from tequio.base.word_diff import Budget, Paragraph, paragraphs
from tequio.people.models import Person

from ..enums import Part
from ..models import Item, Revision
from ..permissions import revisions_visible_to, sees_what_is_hidden

PAGE = 20


@dataclass(frozen=True)
class Change:
    """One text in one language, from one version to the next."""

    part: str
    language: str
    language_name: str
    paragraphs: list[Paragraph]
    is_new: bool
    is_gone: bool


@dataclass(frozen=True)
class Version:
    """One act of changing; without words where they were hidden or erased."""

    revision: Revision
    changes: list[Change]
    shows_words: bool


@dataclass(frozen=True)
class History:
    versions: list[Version]
    older: int | None = None
    may_hide: bool = False


def history(person: Person | None, item: Item, *, before: int | None = None) -> History:
    """The newest changes first, a page at a time; `before` is the id to go on from."""
    rows = revisions_visible_to(person, item).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    looks_after = sees_what_is_hidden(person, item)
    budget = Budget()
    versions = [_version(row, looks_after=looks_after, budget=budget) for row in page]
    return History(versions, page[-1].pk if len(found) > PAGE else None, looks_after)


def versions_since(item: Item, moment: datetime) -> list[Version]:
    """What changed from then on, the newest first, for a moderator who reads it; twenty at most."""
    budget = Budget()
    rows = Revision.objects.filter(item=item, at__gte=moment).order_by("-id")[:PAGE]
    return [_version(row, looks_after=True, budget=budget) for row in rows]


def version_of_history(revision: Revision) -> Version:
    """One change with its words, for whoever decides on it."""
    return _version(revision, looks_after=True, budget=Budget())


def _version(row: Revision, *, looks_after: bool, budget: Budget) -> Version:
    shows_words = not row.is_erased and (not row.hidden_by or looks_after)
    return Version(row, [_change(one, budget) for one in row.changes] if shows_words else [], shows_words)


def _change(change: dict[str, str], budget: Budget) -> Change:
    before, after = change["before"], change["after"]
    return Change(
        part=str(Part(change["part"]).label),
        language=change["language"],
        language_name=name_of(change["language"], current()),
        paragraphs=paragraphs(before, after, budget),
        is_new=not before,
        is_gone=not after,
    )
