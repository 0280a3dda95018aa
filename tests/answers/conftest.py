"""Who owes answers in these tests: a steward of Lomé, an officer of an organisation, and ideas of Mina's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from owing import YES, fresh, put_idea
from people import words
from tequio.catalogue.models import Item
from tequio.ideas.answers.models import Result
from tequio.ideas.answers.services.answering import give_answer
from tequio.ideas.answers.services.results import Plan, Step, make_result
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import Organisation
from tequio.organisations.services.memberships import admit
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.people.models import Person
from tequio.territories.models import Territory


@pytest.fixture
def sena(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Steward of Lomé."""
    return make_member("Sena", "steward", lome)


@pytest.fixture
def bea(make_member: Callable[..., Person], bilbao: Territory) -> Person:
    """Steward of Bilbao: a stranger in Lomé."""
    return make_member("Bea", "steward", bilbao)


@pytest.fixture
def idea(lome: Territory, member: Person) -> Item:
    return put_idea(lome, "A boat for the lagoon", by=member)


@pytest.fixture
def water(lome: Territory, bea: Person) -> Organisation:
    """An organisation that Bea runs."""
    return make_organisation(
        Portrait(kind="public_agency", name=words("Water works"), territory=lome, languages=["en"]), by=bea
    )


@pytest.fixture
def clerk(make_member: Callable[..., Person], water: Organisation) -> Person:
    """A plain member of the water works: she may prepare, and not speak for it by herself."""
    person = make_member("Clara")
    admit(water, person=person, role=MembershipRole.MEMBER)
    return person


@pytest.fixture
def result(idea: Item, sena: Person) -> Result:
    """In progress, with two steps and money."""
    give_answer(idea, YES, by=sena)
    plan = Plan(title=words("The boat"), body=words("It sails."), planned=50_000, currency="EUR")
    steps = [Step(words("Built")), Step(words("Sails"), timezone.now().date() + timedelta(days=30))]
    return make_result(fresh(idea.pk), plan, steps=steps, by=sena)
