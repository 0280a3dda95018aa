"""What the pages of this flat show: what somebody follows, her notices, how many are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode

from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.base.text import read_id
from tequio.catalogue.enums import KINDS, ItemState
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import can_see
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Follow, Notice, Preference
from ..permissions import notices_visible_to, visible_to
from ..types import Followed, Line, Thing
from .showing import line_of, place_of, thing_of, with_things

PAGE = 20
MOST_FOLLOWED = 500
MOST_COUNTED = 99


@dataclass(frozen=True)
class Shown:
    """One notice on the page."""

    thing: Thing
    line: Line
    place: Territory | None


@dataclass(frozen=True)
class NoticePage:
    """`older` is the cursor of the next page, `newest` up to where "all read" reads."""

    rows: list[Shown]
    older: int = 0
    newest: int = 0
    has_unread: bool = False


def notice_page(person: Person | None, before: str = "") -> NoticePage:
    """Her notices, newest first, twenty a page by key; two queries."""
    rows = notices_visible_to(person).filter(in_page=True).order_by("-id")
    if cursor := read_id(before):
        rows = rows.filter(pk__lt=cursor)
    found = list(with_things(rows)[: PAGE + 1])
    shown = [_shown(notice) for notice in found[:PAGE]]
    return NoticePage(
        rows=shown,
        older=found[PAGE - 1].pk if len(found) > PAGE else 0,
        newest=found[0].pk if found else 0,
        has_unread=any(one.line.is_new for one in shown),
    )


def _shown(notice: Notice) -> Shown:
    row = notice.announcement
    return Shown(thing_of(row), line_of(row, notice), place_of(row))


def unread(person: Person | None) -> int:
    """How many notices of hers are new, counted no further than 99; no query for whoever is not there.

    A member's number comes with her row.
    """
    if person is None:
        return 0
    kept: int | None = getattr(person, "_unread", None)
    return unread_rows(person).count() if kept is None else kept


def unread_along() -> QuerySet[Any, Any]:
    """Those of the person whose row is read, for `Companion`."""
    return unread_rows(OuterRef("pk")).values(row=JSONObject(id="id"))


def keep_unread(person: Person, rows: list[dict[str, Any]]) -> None:
    person._unread = len(rows)  # type: ignore[attr-defined]  # kept with her for this request


def unread_rows(person: Person | OuterRef) -> QuerySet[Notice]:
    # Whoever was told could see it: here only what is gone since is left out, so that one question is enough.
    stands = Q(announcement__item=None) | Q(announcement__item__author=person)
    stands |= Q(announcement__item__state=ItemState.PUBLISHED, announcement__item__hidden_by="")
    rows = Notice.objects.filter(stands, person=person, in_page=True, read_at=None)
    return rows.filter(announcement__withdrawn_at=None).order_by("-id")[:MOST_COUNTED]


def followed(person: Person | None) -> list[Followed]:
    """All she follows, newest first; things she may not see any more are left out."""
    rows = (
        visible_to(person)
        .filter(Q(organisation=None) | Q(organisation__hidden_by=""))
        .select_related("item__territory", "item__part_of", "territory", "organisation__territory")
        .order_by("-began_at", "-id")[:MOST_FOLLOWED]
    )
    return [_followed(row) for row in rows if row.item is None or can_see(person, row.item)]


def _followed(row: Follow) -> Followed:
    kind = str(KINDS[row.kind].word) if row.kind in KINDS else ""
    if row.item is not None:
        title = read(row.item.title, current())
        word = str(row.item.kind_info.word)
        return Followed(row.pk, word, title, "", row.item.path, row.item.territory, row.is_own)
    if row.words:
        query = urlencode({"q": row.words, **({"kind": row.kind} if row.kind else {})})
        return Followed(
            row.pk, kind, None, row.words, f"{reverse('search:search')}?{query}", row.territory, False
        )
    if row.organisation is not None:
        path = reverse("home:organisation_detail", args=[row.organisation.pk])
        word = row.organisation.get_kind_display()
        return Followed(row.pk, word, row.organisation.title, "", path, row.organisation.territory, False)
    assert row.territory is not None
    path = reverse("home:territory_detail", args=[row.territory.code])
    return Followed(row.pk, kind, row.territory.title, "", path, None, False)


def follows(person: Person | None, key: str) -> bool:
    return visible_to(person).filter(key=key).exists()


def follows_item(person: Person | None, item: Item) -> bool:
    """For a page of the item: no query for whoever is not there."""
    return person is not None and follows(person, Follow.key_of(item_id=item.pk))


def follows_of(person: Person | None, item: str) -> Exists | Value:
    """Whether she follows the item, to annotate rows with; `item` is the column with its id."""
    if person is None:
        return Value(False)
    return Exists(Follow.objects.filter(person=person, item=OuterRef(item)))


def places_with_follow(person: Person | None) -> QuerySet[Territory]:
    """Places, each with `is_followed`: whether she follows it as a whole. With the place in one query."""
    if person is None:
        return Territory.objects.annotate(is_followed=Value(False))
    own = Follow.objects.filter(person=person, territory=OuterRef("pk"), kind="", words="")
    return Territory.objects.annotate(is_followed=Exists(own))


def follows_organisation(person: Person | None, organisation: Organisation) -> bool:
    return person is not None and follows(person, Follow.key_of(organisation_id=organisation.pk))


def preference_of(person: Person) -> Preference:
    """Her choices, or the defaults of somebody who never chose."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def zones_known() -> list[str]:
    """The clocks of all places here, each once."""
    return sorted(set(Territory.objects.order_by().values_list("zone", flat=True).distinct()))
