"""Who owes an answer: the colleague who prepares it, else the organisation's people, else the nearest stewards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count

from tequio.base.text import fold
from tequio.organisations.enums import ACTS_FOR_IT
from tequio.organisations.models import Membership
from tequio.people.enums import RoleName
from tequio.people.models import Person, Role
from tequio.territories.models import TerritoryPath

from ..models import AnswerDue

MOST_COLLEAGUES = 200


def officers_of(dues: Sequence[AnswerDue]) -> Iterator[tuple[AnswerDue, list[Person]]]:
    """Each with those who are to be reminded; a few queries for all of them."""
    by_organisation = _representatives({due.organisation_id for due in dues if due.organisation_id})
    by_place = _stewards({due.item.territory_id for due in dues})
    for due in dues:
        assigned = due.assigned_to
        if assigned is not None and assigned.is_active:
            yield due, [assigned]
        elif due.organisation_id and by_organisation.get(due.organisation_id):
            yield due, by_organisation[due.organisation_id]
        else:
            yield due, by_place.get(due.item.territory_id, [])


def _representatives(ids: set[int]) -> dict[int, list[Person]]:
    rows = (
        Membership.objects.filter(
            organisation__in=ids, until=None, role__in=ACTS_FOR_IT, person__is_active=True
        )
        .select_related("person")
        .order_by("person")
    )
    found: dict[int, list[Person]] = {}
    for row in rows:
        if row.person is not None:
            found.setdefault(row.organisation_id, []).append(row.person)
    return found


def _stewards(places: set[int]) -> dict[int, list[Person]]:
    """Of the place itself; where it has none, of the nearest place around it that has."""
    paths = TerritoryPath.objects.filter(below__in=places).annotate(depth=Count("above__paths_up"))
    above: dict[int, list[int]] = {}
    for below, place in paths.order_by("below", "-depth", "above").values_list("below", "above"):
        above.setdefault(below, []).append(place)
    wanted = {place for chain in above.values() for place in chain}
    roles = (
        Role.objects.filter(
            territory__in=wanted, role=RoleName.STEWARD, ended_at=None, person__is_active=True
        )
        .select_related("person")
        .order_by("person")
    )
    holders: dict[int, list[Person]] = {}
    for role in roles:
        holders.setdefault(role.territory_id, []).append(role.person)
    return {
        below: next((holders[place] for place in chain if place in holders), [])
        for below, chain in above.items()
    }


def colleagues_for(dues: Iterable[AnswerDue]) -> list[Person]:
    """Who may prepare them, by name: those with a role there or around, and the people of who answers."""
    rows = list(dues)
    places = {row.item.territory_id for row in rows}
    around = TerritoryPath.objects.filter(below__in=places).values("above")
    ours = Membership.objects.filter(
        organisation__in={row.organisation_id for row in rows if row.organisation_id}, until=None
    )
    holders = Role.objects.filter(territory__in=around, ended_at=None).values("person")
    people = Person.objects.filter(is_active=True, is_guest=False)
    found = people.filter(pk__in=holders) | people.filter(pk__in=ours.values("person"))
    return sorted(
        found.distinct().order_by("pk")[:MOST_COLLEAGUES], key=lambda one: (fold(one.shown_name), one.pk)
    )
