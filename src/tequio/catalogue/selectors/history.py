"""What became of an item's words, readable: who changed what, when, and which words went and came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tequio.base.languages import current, name_of
from tequio.base.multilingual import read
from tequio.base.text import read_id
from tequio.base.word_diff import Budget, Paragraph, paragraphs
from tequio.people.models import Person

from ..enums import Part
from ..models import Item, Revision
from ..permissions import revisions_visible_to, sees_what_is_hidden, visible_to

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
    titles = _titles(person, page)
    versions = [_version(row, titles, looks_after=looks_after, budget=budget) for row in page]
    return History(versions, page[-1].pk if len(found) > PAGE else None, looks_after)


def versions_since(item: Item, moment: datetime) -> list[Version]:
    """What changed from then on, the newest first, for a moderator who reads it; twenty at most."""
    budget = Budget()
    rows = list(Revision.objects.filter(item=item, at__gte=moment).order_by("-id")[:PAGE])
    titles = _titles(None, rows)
    return [_version(row, titles, looks_after=True, budget=budget) for row in rows]


def version_of_history(revision: Revision) -> Version:
    """One change with its words, for whoever decides on it."""
    return _version(revision, _titles(None, [revision]), looks_after=True, budget=Budget())


def _version(row: Revision, titles: Mapping[int, str], *, looks_after: bool, budget: Budget) -> Version:
    shows_words = not row.is_erased and (not row.hidden_by or looks_after)
    changes = [_change(_named(one, titles), budget) for one in row.changes] if shows_words else []
    return Version(row, changes, shows_words)


def _titles(person: Person | None, rows: Iterable[Revision]) -> dict[int, str]:
    """{item: title in the reader's language} of the things that changes name by number, as far as she may see them."""
    changes = [one for row in rows for one in row.changes if one["part"] == Part.PROBLEMS]
    wanted = {pk for one in changes for pk in _numbers(one["before"] + "\n" + one["after"])}
    items = visible_to(person).filter(pk__in=wanted) if wanted else ()
    return {item.pk: read(item.title, current()).text for item in items}


def _numbers(text: str) -> list[int]:
    return [pk for line in text.split() if (pk := read_id(line)) is not None]


def _named(change: dict[str, str], titles: Mapping[int, str]) -> dict[str, str]:
    """Titles of what came and what went in the place of numbers; what she may not see is not named."""
    if change["part"] != Part.PROBLEMS:
        return change
    before, after = _numbers(change["before"]), _numbers(change["after"])
    unseen = _("Something that is not shown")
    gone = "\n".join(titles.get(pk, unseen) for pk in before if pk not in after)
    came = "\n".join(titles.get(pk, unseen) for pk in after if pk not in before)
    return {**change, "before": gone, "after": came, "language": current()}


def _change(change: dict[str, str], budget: Budget) -> Change:
    before, after = change["before"], change["after"]
    return Change(
        part=str(Part(change["part"]).label),
        language=change["language"],
        language_name="" if change["part"] == Part.PROBLEMS else name_of(change["language"], current()),
        paragraphs=paragraphs(before, after, budget),
        is_new=not before,
        is_gone=not after,
    )
