"""What the page of one idea shows, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from tequio.base.languages import current
from tequio.base.multilingual import Field, Reading, read
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, Link
from tequio.catalogue.permissions import can_see
from tequio.files.models import Rendition
from tequio.files.types import Picture, PictureCopy
from tequio.notifications.selectors.pages import follows_of
from tequio.people.models import Person

from ..models import Idea, Illustration, Support
from ..permissions import parties_of, process_of, visible_to
from .picturing import Shown
from .thresholds import SupportBar, support_bar


@dataclass(frozen=True)
class Problem:
    """A problem it answers, and how many have confirmed it."""

    item: Item
    words: Reading
    confirmed: int


@dataclass(frozen=True)
class TookIn:
    """An idea that was joined to this one, with the names of its authors."""

    path: str
    words: Reading
    names: str


@dataclass(frozen=True)
class Credit:
    """Who made it: the first name that is shown, and how many others; `names` are all that are shown."""

    first: str
    others: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class IdeaPage:
    bar: SupportBar
    credit: Credit
    problems: list[Problem] = field(default_factory=list)
    took_in: list[TookIn] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)


def ideas_for_reading(person: Person | None) -> QuerySet[Idea]:
    """Ideas with all their page asks for, and whether she supports each."""
    own = Support.objects.filter(idea=OuterRef("pk"), person=person, withdrawn_at=None)
    rows = visible_to(person).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "item__count", "source",
        "item__entry__process__item", "merged_into__item", "item__answer_due__organisation",
        "item__answer_due__assigned_to",
    )  # fmt: skip
    return rows.annotate(
        is_mine_too=Exists(own if person is not None else own.none()),
        is_followed=follows_of(person, "item"),
        has_links=Exists(Link.objects.filter(_shown_beside(), source=OuterRef("pk"))),
        copies=ArraySubquery(_copies()),
    )


def _shown_beside() -> Q:
    return Q(kind=LinkKind.ANSWERS, target__kind="problem") | Q(kind=LinkKind.TOOK_IN)


def _copies() -> QuerySet[Rendition, Any]:
    """Each copy of each picture of the idea whose row is read, from narrow to wide."""
    rows = Rendition.objects.filter(file__illustrations__item=OuterRef("pk"), width__isnull=False)
    return rows.order_by("file__illustrations__position", "file__illustrations", "width").values(
        row=JSONObject(
            pk="file__illustrations",
            says="file__illustrations__says",
            width="width",
            height="height",
            size="size",
        )
    )


def idea_page(person: Person | None, idea: Idea) -> IdeaPage:
    item = idea.item
    links = list(_links(item)) if vars(idea)["has_links"] else []
    return IdeaPage(
        bar=support_bar(item.count.supports, item.territory_id, is_in_process=process_of(idea) is not None),
        credit=credit_of(idea),
        problems=[
            Problem(link.target, read(link.target.title, current()), link.target.count.people)
            for link in links
            if link.kind == LinkKind.ANSWERS and can_see(person, link.target)
        ],
        took_in=[
            TookIn(link.target.path, read(link.target.title, current()), _name(link.target.author))
            for link in links
            if link.kind == LinkKind.TOOK_IN and can_see(person, link.target)
        ],
        pictures=_pictures(vars(idea)["copies"]),
    )


def _links(item: Item) -> QuerySet[Link]:
    rows = Link.objects.filter(_shown_beside(), source=item).order_by("pk")
    return rows.select_related("target__territory", "target__count", "target__author", "target__part_of")


def _name(person: Person | None) -> str:
    return person.shown_name if person is not None and person.is_member and person.is_active else ""


def credit_of(idea: Idea) -> Credit:
    """Whoever wrote it, then those who said yes. Somebody without a name that is shown is one of the others."""
    parties = [party for party in parties_of(idea) if party.accepted_at is not None]
    names = [_name(idea.item.author)]
    names += [
        str(party.organisation.title) if party.organisation is not None else _name(party.person)
        for party in parties
    ]
    shown = [name for name in names if name]
    return Credit(shown[0] if shown else "", len(names) - 1 if shown else 0, tuple(shown))


def _pictures(rows: Iterable[dict[str, Any]]) -> list[Shown]:
    copies: dict[int, list[PictureCopy]] = defaultdict(list)
    said: dict[int, Field] = {}
    for row in rows:
        copies[row["pk"]].append(PictureCopy(row["width"], row["height"] or 0, row["size"]))
        said[row["pk"]] = row["says"]
    return [Shown(Illustration(pk=pk, says=said[pk]), Picture(tuple(found))) for pk, found in copies.items()]
