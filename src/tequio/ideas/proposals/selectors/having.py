"""A problem and who has it too: how many, where, and what is proposed against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from tequio.base.text import fold
from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import subtree_ids

from ..models import Confirmation, Problem
from ..types.maps import PlaceMap
from .mapping import drawn, frame_around, point_of

MOST_PLACES, MOST_NAMES, MOST_IDEAS, MOST_CHOICES = 30, 20, 20, 300
# A name that one person alone gave could lead to her door.
NAMED_BY = 2


@dataclass(frozen=True)
class Having:
    """Who has it too. `places` are territories with numbers; `names` what two people or more have named."""

    people: int = 0
    places: list[tuple[Territory, int]] = field(default_factory=list)
    names: list[tuple[str, int]] = field(default_factory=list)


def who_has(problem: Problem) -> Having:
    """One query."""
    of_it = Q(confirmations__problem=problem.pk)
    places = Territory.objects.filter(of_it).annotate(
        number=Count("confirmations", filter=of_it),
        said=ArrayAgg(
            "confirmations__place_name", filter=of_it & ~Q(confirmations__place_name=""),
            order_by=["confirmations__pk"], default=Value([]),
        ),
    )  # fmt: skip
    rows = list(places.order_by("-number", "code"))
    if not rows:
        return Having()
    return Having(
        people=problem.item.count.people,
        places=[(place, place.number) for place in rows[:MOST_PLACES]],
        names=_named([name for place in rows for name in place.said]),
    )


def _named(said: list[str]) -> list[tuple[str, int]]:
    """Names written alike are one; shown as the first who gave it wrote it."""
    numbers = Counter(fold(name) for name in said)
    first = {fold(name): name for name in reversed(said)}
    common = [(first[name], number) for name, number in numbers.most_common() if number >= NAMED_BY and name]
    return common[:MOST_NAMES]


def with_mine(problems: QuerySet[Problem], person: Person | None) -> QuerySet[Problem]:
    """Each with `is_mine`: whether she has said that she has it too."""
    own = Confirmation.objects.filter(problem=OuterRef("pk"), person=person)
    return problems.annotate(is_mine=Exists(own) if person is not None else Value(False))


def confirmation_of(person: Person | None, problem: Problem) -> Confirmation | None:
    rows = Confirmation.objects.filter(problem=problem, person=person)
    return rows.select_related("territory").first() if person else None


def ideas_against(person: Person | None, problem: Problem) -> list[Item]:
    """The ideas that say they answer it, those with most supports first."""
    items = items_visible_to(person).filter(
        kind="idea",
        state="published",
        hidden_by="",
        links_out__kind=LinkKind.ANSWERS,
        links_out__target=problem.pk,
    )
    return list(items.select_related("territory", "count").order_by("-count__supports", "-pk")[:MOST_IDEAS])


def places_to_confirm(problem: Problem) -> list[Territory]:
    """Its place, then those in it by name."""
    ids = subtree_ids(problem.item.territory_id)[:MOST_CHOICES]
    others = [
        place for place in Territory.objects.filter(pk__in=ids) if place.pk != problem.item.territory_id
    ]
    return [problem.item.territory, *sorted(others, key=lambda place: fold(place.title.text))]


def map_of_problem(problem: Problem, ideas: list[Item], around: list[Territory]) -> PlaceMap | None:
    """Where it is, with the ideas against it that have a point; None without a point of its own. No query."""
    if problem.item.latitude is None:
        return None
    items = [problem.item, *(item for item in ideas if item.latitude is not None)]
    found = frame_around([point_of(item) for item in items])
    return drawn(found, items, places=around) if found else None
