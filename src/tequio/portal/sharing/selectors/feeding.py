"""The newest public things of a place, a kind, a door or a search, as entries of a feed. For everybody the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.base.multilingual import Field, read
from tequio.catalogue.enums import KINDS
from tequio.catalogue.models import Item, Revision
from tequio.catalogue.selectors import listed
from tequio.catalogue.selectors.finding import found, narrowed
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..adapters.atom_document import Entry, Feed, Text

MOST = 30
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)  # what a feed without entries was last changed


@dataclass(frozen=True)
class Wanted:
    """What a feed is about; all parts together."""

    place: Territory | None = None
    kind: str = ""
    words: str = ""

    @property
    def query(self) -> str:
        asked = {"place": self.place.code if self.place else "", "kind": self.kind, "q": self.words}
        return urlencode({name: value for name, value in asked.items() if value})


def feed_of(wanted: Wanted, site: str) -> Feed:
    """`site` is the address of the site without a slash at its end. Two queries beside the place's."""
    query = f"?{wanted.query}" if wanted.query else ""
    return Feed(
        tag=f"tag:{settings.PUBLIC_HOST},2026:feed/{current()}{query}",
        own=f"{site}{reverse('sharing:feed')}{query}",
        page=f"{site}{_page(wanted)}",
        base=f"{site}/",
        title=_title(wanted),
        subtitle=_("What is new, with its beginning."),
        author="Tequio",
        language=current(),
        entries=[_entry(item, site) for item in _items(wanted)],
        begun=BEGUN,
    )


def _items(wanted: Wanted) -> QuerySet[Item]:
    revised = Revision.objects.filter(item=OuterRef("pk")).order_by("-at").values("at")[:1]
    places = subtree_ids(wanted.place.pk) if wanted.place else None
    if wanted.words:
        kinds = [wanted.kind] if wanted.kind else None
        matching = found(None, wanted.words, kinds=kinds, territory_ids=places)
        items = matching.items.filter(part_of=None).order_by("-published_at", "-pk")
    else:
        items = narrowed(listed(None, kind=wanted.kind), territory_ids=places)
    changed = Greatest("published_at", Subquery(revised), output_field=DateTimeField())
    return items.select_related("territory", "organisation").annotate(changed_at=changed)[:MOST]


def _entry(item: Item, site: str) -> Entry:
    assert item.published_at is not None
    summary = _text(item.summary)
    organisation = item.organisation if item.organisation and not item.organisation.hidden_by else None
    place = str(item.territory.title)
    return Entry(
        tag=f"tag:{settings.PUBLIC_HOST},{item.made_at:%Y-%m-%d}:items/{item.pk}",
        address=f"{site}{item.path}",
        title=_text(item.title),
        summary=summary if summary.text else None,
        author=str(organisation.title) if organisation else place,
        kind=item.kind,
        kind_word=str(item.kind_info.word),
        published=item.published_at,
        updated=item.changed_at or item.published_at,  # type: ignore[attr-defined]
    )


def _text(field: Field) -> Text:
    reading = read(field, current())
    return Text(reading.text, reading.language or current())


def _title(wanted: Wanted) -> str:
    parts = [
        str(wanted.place.title) if wanted.place else "",
        str(KINDS[wanted.kind].word) if wanted.kind else "",
        f"“{wanted.words}”" if wanted.words else "",
    ]
    return " · ".join(["Tequio", *(part for part in parts if part)])


def _page(wanted: Wanted) -> str:
    """The page that shows the same."""
    if wanted.words:
        return f"{reverse('search:search')}?{wanted.query}"
    if wanted.kind:
        state = urlencode({"state": "all"})
        return f"{reverse('home:door', args=[KINDS[wanted.kind].door.value])}?{wanted.query}&{state}"
    return (
        reverse("home:territory_detail", args=[wanted.place.code]) if wanted.place else reverse("home:home")
    )
