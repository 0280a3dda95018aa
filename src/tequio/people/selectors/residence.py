"""Where people were proven to live, and how a place proves it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from tequio.territories.models import Territory
from tequio.territories.selectors import above_ids

from ..enums import Method, Month
from ..models import IdentifierList, Person, Residence, ResidenceLetter, ResidenceRule, ShownCode


@dataclass(frozen=True)
class Verifying:
    """How a place verifies: by which methods, again after how many months, and whose rule that is."""

    methods: tuple[str, ...] = (Method.IN_PERSON,)
    months: int = Month.TWO_YEARS
    of: Territory | None = None

    def allows(self, method: str) -> bool:
        return method in self.methods


def verifying_in(territory: Territory) -> Verifying:
    """The rule of the place, else of the nearest place it lies in, else meeting in person every two years."""
    rules = ResidenceRule.objects.filter(territory__in=above_ids(territory.pk)).select_related("territory")
    nearest = rules.annotate(depth=Count("territory__paths_up")).order_by("-depth", "territory__code").first()
    if nearest is None:
        return Verifying()
    return Verifying(tuple(nearest.methods), nearest.months, nearest.territory)


def is_resident(
    person: Person | None, territory: Territory, *, on: datetime | None = None, methods: Collection[str] = ()
) -> bool:
    """Whether she was proven to live in the place or in one that lies in it; today, or at the moment `on`.

    Where `methods` are named, only a proof by one of them counts.
    """
    if person is None or person.is_guest or not person.is_active:
        return False
    if on is None:
        now = timezone.now()
        proven = [(place, method) for place, until, method in person.current_residences if until > now]
    else:
        standing = Residence.objects.filter(Q(ended_at=None) | Q(ended_at__gt=on), person=person)
        rows = standing.filter(verified_at__lte=on, until__gt=on).order_by("id")
        proven = list(rows.values_list("territory_id", "method"))
    return any(
        territory.pk in above_ids(place) for place, method in proven if not methods or method in methods
    )


def residences_of(person: Person) -> list[Residence]:
    """Her proven places, those of today first, then the past."""
    rows = list(
        Residence.objects.filter(person=person).select_related("territory").order_by("-verified_at", "-id")
    )
    return sorted(rows, key=lambda row: not row.is_good)


def residence_in(person: Person, territory: Territory) -> Residence | None:
    """Her standing proof for just this place."""
    return next(
        (row for row in residences_of(person) if row.is_good and row.territory_id == territory.pk), None
    )


def code_of(person: Person) -> ShownCode | None:
    return ShownCode.objects.filter(person=person, until__gt=timezone.now()).first()


def person_with_code(code: str) -> Person | None:
    """Who shows this code now."""
    row = ShownCode.objects.filter(code=code, until__gt=timezone.now(), person__is_active=True)
    found = row.select_related("person").first()
    return found.person if found and found.person.is_member else None


def open_letter(person: Person, territory: Territory) -> ResidenceLetter | None:
    """The letter that waits to be printed or whose code can still be typed."""
    rows = ResidenceLetter.objects.filter(person=person, territory=territory, ended_at=None)
    return rows.filter(until__gt=timezone.now(), tries_left__gt=0).first()


def letters_to_print(territory: Territory, *, most: int = 50) -> list[ResidenceLetter]:
    rows = ResidenceLetter.objects.filter(territory=territory, printed_at=None, ended_at=None)
    return list(rows.select_related("person").order_by("asked_at", "id")[:most])


def lists_of(territory: Territory) -> list[IdentifierList]:
    """The place's lists, newest first, each with how many lines were used, without the upload itself."""
    rows = IdentifierList.objects.filter(territory=territory, ended_at=None).defer("content")
    return list(rows.annotate(used=Count("lines", filter=~Q(lines__used_by=""))).order_by("-made_at", "-id"))
