"""Notices as their reader sees them: what happened, the words in her language, the way there."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.catalogue.models import Item
from tequio.territories.models import Territory

from ..models import Announcement, Notice
from ..types import EVENTS, Line, Place, Thing

WITH = (
    "announcement__item__territory",
    "announcement__item__part_of__territory",
    "announcement__territory",
)


def with_things(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    return notices.select_related(*WITH)


def path_of(row: Announcement) -> str:
    """The page it is about, in the active language."""
    if row.path:
        return f"/{current()}{row.path}"
    return row.item.path if row.item is not None else ""


def line_of(row: Announcement, notice: Notice | None = None) -> Line:
    """What was said; of a part of something, its own words stand in for what was said."""
    words: Reading | None = read(row.words, current()) or None
    item = row.item
    about = read(item.title, current()) if item is not None and item.part_of is not None else None
    if words is None or EVENTS[row.event].is_personal:  # there the copy holds the part's own words
        words, about = words or about, None
    return Line(
        said=str(EVENTS[row.event].said),
        words=words,
        at=notice.made_at if notice else row.made_at,
        path=path_of(row),
        pk=notice.pk if notice else 0,
        about=about,
        is_new=notice is not None and notice.read_at is None,
    )


def thing_of(row: Announcement) -> Thing:
    """The item it happened to; of a part, the whole."""
    item = row.item
    if item is None:
        return Thing(title=None, kind="", path=path_of(row))
    whole: Item = item.part_of or item
    return Thing(
        title=read(whole.title, current()), kind=str(whole.kind_info.word), path=whole.path,
        closes_at=whole.closes_at,
        is_over=whole.is_over,
    )  # fmt: skip


def place_of(row: Announcement) -> Territory | None:
    return row.item.territory if row.item is not None else row.territory


def grouped(notices: Iterable[Notice]) -> list[Place]:
    """By place, then by thing; places in the order of their newest notice, lines oldest first."""
    places: dict[int, Place] = {}
    things: dict[tuple[int, str], Thing] = {}
    for notice in notices:
        row = notice.announcement
        territory = place_of(row)
        pk = territory.pk if territory is not None else 0
        if pk not in places:
            places[pk] = Place(
                title=territory.title if territory else None, zone=territory.zone if territory else "UTC"
            )
        thing = thing_of(row)
        key = (pk, thing.path)
        if key not in things:
            things[key] = thing
            places[pk].things.append(thing)
        things[key].lines.append(line_of(row, notice))
    for thing in things.values():
        thing.lines.sort(key=lambda line: line.at)
    return list(places.values())
