"""What organisers need: where they may open a process, in whose name, who may answer, which version they see."""

from __future__ import annotations

import hashlib
import json

from tequio.base.text import fold
from tequio.catalogue.enums import PartyRole
from tequio.organisations.models import Organisation
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory, TerritoryPath
from tequio.territories.selectors import above_ids

from ..models import Process

MOST_ORGANISATIONS = 200


def _by_name(places: list[Territory]) -> list[Territory]:
    return sorted(places, key=lambda place: fold(str(place.title)))


def places_to_open(person: Person | None) -> list[Territory]:
    """Where she opens processes by her role, by name in her language."""
    places = person.role_places(RoleName.FACILITATOR) if person and person.is_member else []
    if not places:
        return []
    below = TerritoryPath.objects.filter(above__in=places).values("below")
    return _by_name(list(Territory.objects.filter(pk__in=below)))


def places_to_propose(person: Person | None) -> list[Territory]:
    """Where she lives, and what those places lie in: there she opens one with others."""
    if person is None or person.is_guest:
        return []
    own = {place for place, _until, _method in person.current_residences} | {person.home_id}
    ids = {above for place in own if place is not None for above in above_ids(place)}
    return _by_name(list(Territory.objects.filter(pk__in=ids)))


def who_may_answer(places: list[Territory]) -> list[Organisation]:
    """Verified organisations of the places and of what they lie in, by name: one of them may be who answers."""
    above = {pk for place in places[:50] for pk in above_ids(place.pk)} | {place.pk for place in places}
    verified = Organisation.objects.filter(
        hidden_by="", territory__in=above, verification__isnull=False, verification__ended_at=None
    )
    return list(verified.order_by("sort_name", "id")[:MOST_ORGANISATIONS])


def addressee_of(process: Process) -> Organisation | None:
    party = process.item.parties.filter(role=PartyRole.ANSWERS).select_related("organisation").first()
    return party.organisation if party else None


def version_of(process: Process) -> str:
    """A digest of all an organiser can change in its form."""
    item, answers = process.item, addressee_of(process)
    phases = [
        [phase.pk, phase.position, phase.title, phase.opens_at, phase.closes_at, sorted(
            (one.act, one.kind, one.who_may) for one in phase.features.all()
        )]
        for phase in process.phases.prefetch_related("features").order_by("position")
    ]  # fmt: skip
    values = [
        item.title, item.summary, item.languages, process.background, process.zone, process.who_may,
        process.methods, process.least_age, process.most_age, process.answer_due,
        answers.pk if answers else None, phases,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]
