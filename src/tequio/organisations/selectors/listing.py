"""Lists of organisations: found by place, kind and name, in the order of their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from tequio.base.text import fold
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath
from tequio.territories.selectors import subtree_ids

from ..enums import OrganisationKind
from ..models import ActionPlace, Organisation
from ..permissions import visible_to

PAGE = 20
MOST_WORDS = 8


@dataclass(frozen=True)
class Wish:
    """What a reader asked the list for; anything odd becomes everything."""

    words: str = ""
    place: Territory | None = None
    kind: str = ""
    is_verified: bool = False

    def query(self, **more: str) -> str:
        code = self.place.code if self.place else ""
        asked = {
            "q": self.words,
            "place": code,
            "kind": self.kind,
            "verified": "1" if self.is_verified else "",
        }
        return urlencode({name: value for name, value in {**asked, **more}.items() if value})


def read_wish(asked: Mapping[str, str], place: Territory | None) -> Wish:
    kind = asked.get("kind", "")
    return Wish(
        words=asked.get("q", "").strip()[:200],
        place=place,
        kind=kind if kind in OrganisationKind.values else "",
        is_verified=asked.get("verified") == "1",
    )


def works_in(ids: list[int], prefix: str = "") -> Q:
    """Its seat is in one of the places, or it works there."""
    there = ActionPlace.objects.filter(territory__in=ids).values("organisation")
    return Q(**{f"{prefix}territory__in": ids}) | Q(**{f"{prefix}pk__in": there})


def wished(person: Person | None, wish: Wish) -> QuerySet[Organisation]:
    """Those that fit, by name."""
    found = visible_to(person).filter(hidden_by="")
    for word in fold(wish.words).split()[:MOST_WORDS]:
        found = found.filter(names__contains=word)
    if wish.words and not fold(wish.words):
        found = found.none()
    if wish.place is not None:
        found = found.filter(works_in(subtree_ids(wish.place.pk)))
    if wish.kind:
        found = found.filter(kind=wish.kind)
    if wish.is_verified:
        found = found.filter(verification__ended_at=None, verification__isnull=False)
    return found.select_related("territory", "verification").order_by("sort_name", "id")


@dataclass(frozen=True)
class OrganisationPage:
    """`after`: what the link to the next page carries, "" on the last."""

    rows: list[Organisation]
    after: str = ""


def page_of(found: QuerySet[Organisation], after: str, size: int = PAGE) -> OrganisationPage:
    """One page by key: those behind the organisation whose id is `after`; odd keys begin anew."""
    if after.isascii() and after.isdigit() and len(after) < 16:
        last = Organisation.objects.filter(pk=int(after)).values_list("sort_name", flat=True).first()
        if last is not None:
            found = found.filter(Q(sort_name__gt=last) | Q(sort_name=last, pk__gt=int(after)))
    rows = list(found[: size + 1])
    return OrganisationPage(rows[:size], str(rows[size - 1].pk) if len(rows) > size else "")


def places_with_organisations(person: Person | None) -> list[Territory]:
    """Places that are the seat of one, by name in the reader's language."""
    ids = visible_to(person).filter(hidden_by="").order_by().values("territory").distinct()
    return sorted(Territory.objects.filter(pk__in=ids), key=lambda place: fold(place.title.text))


def organisations_in(
    person: Person | None, territory: Territory, most: int
) -> tuple[list[Organisation], bool]:
    """(the first of those with a seat or work in the place, whether there are more); verified ones first."""
    found = wished(person, Wish(place=territory)).order_by("verification_id", "sort_name", "id")
    rows = list(found[: most + 1])
    return rows[:most], len(rows) > most


def to_verify(person: Person) -> list[Organisation]:
    """What waits for a steward, the oldest question first."""
    places = person.role_places(RoleName.STEWARD) if person.is_member else []
    if not places:
        return []
    below = TerritoryPath.objects.filter(above__in=places).values("below")
    waiting = Organisation.objects.filter(territory__in=below, asked_at__isnull=False, hidden_by="")
    return list(
        waiting.select_related("territory", "verification", "made_by").order_by("asked_at", "id")[:100]
    )
