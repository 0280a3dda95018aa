"""Which public pages there are, in maps of bounded length, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, IntegerField, Max, Model, QuerySet
from django.db.models.functions import Cast, Floor
from django.urls import reverse
from django.utils import translation

from tequio.base.languages import INTERFACE
from tequio.catalogue.enums import KINDS, Door
from tequio.catalogue.selectors import listed
from tequio.organisations.permissions import visible_to as visible_organisations
from tequio.territories.models import Territory, TerritoryPath

# Ids a map spans at most; three languages each make 30,000 addresses, below the 50,000 that are allowed.
SPAN = 10_000
SECTIONS = ("pages", "items", "places", "organisations")
Page = tuple[dict[str, str], datetime | None]


def maps() -> list[tuple[str, int, datetime | None]]:
    """(section, number, last change) of every map that has something in it; three queries."""
    found: list[tuple[str, int, datetime | None]] = [("pages", 0, None)]
    found += [("items", n, at) for n, at in _spans(listed(None).order_by(), "published_at")]
    found += [("places", n, None) for n, _at in _spans(_places(), None)]
    return found + [("organisations", n, None) for n, _at in _spans(_organisations(), None)]


def pages_of(section: str, number: int, site: str) -> Iterator[Page]:
    """The pages of one map, row by row; nothing for a map there is not."""
    if section == "pages":
        yield from _plain_pages(site) if number == 0 else ()
        return
    first, last = number * SPAN, (number + 1) * SPAN
    if section == "items":
        rows = listed(None).select_related(None).order_by("pk").filter(pk__gte=first, pk__lt=last)
        for pk, kind, changed in rows.values_list("pk", "kind", "published_at").iterator(chunk_size=2_000):
            yield _addresses(site, KINDS[kind].url_name, pk), changed
    elif section == "places":
        codes = _places().order_by("pk").filter(pk__gte=first, pk__lt=last).values_list("code", flat=True)
        for code in codes.iterator(chunk_size=2_000):
            yield _addresses(site, "home:territory_detail", code), None
    elif section == "organisations":
        ids = _organisations().order_by("pk").filter(pk__gte=first, pk__lt=last).values_list("pk", flat=True)
        for pk in ids.iterator(chunk_size=2_000):
            yield _addresses(site, "home:organisation_detail", pk), None


def _spans(rows: QuerySet[Model], moment: str | None) -> list[tuple[int, datetime | None]]:
    span = Cast(Floor(F("pk") / SPAN), IntegerField())
    counted = (
        rows.order_by().annotate(span=span).values("span").annotate(at=Max(moment or "pk")).order_by("span")
    )
    return [(row["span"], row["at"] if moment else None) for row in counted]


def _places() -> QuerySet[Territory]:
    """Places in which something is, or in whose parts: the page of an empty one is no find."""
    busy = listed(None).order_by().values("territory").union(_organisations().order_by().values("territory"))
    above = TerritoryPath.objects.filter(below__in=busy).values("above")
    return Territory.objects.filter(pk__in=above)


def _organisations() -> QuerySet[Model]:
    return visible_organisations(None).filter(hidden_by="")


def _plain_pages(site: str) -> Iterator[Page]:
    for name in ("home:home", "home:territory_list", "home:organisation_list", "home:rules", "home:about",
                 "home:accessibility", "recipes:list", "deliberation:list", "proposals:list", "deliberation:algorithm", "search:gaps"):  # fmt: skip
        yield _addresses(site, name), None
    doors = {kind.door for kind in KINDS.values()}
    for door in Door:
        if door in doors:
            yield _addresses(site, "home:door", door.value), None


def _addresses(site: str, name: str, *arguments: object) -> dict[str, str]:
    """The address in each language, and the one that follows the reader's own."""
    found = {}
    for language in INTERFACE:
        with translation.override(language):
            found[language] = f"{site}{reverse(name, args=arguments)}"
    return {**found, "x-default": site + found[INTERFACE[0]][len(site) + 3 :]}
