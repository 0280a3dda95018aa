"""Organisations made in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from house_organisations import portrait
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import make_organisation
from tequio.people.models import Person
from tequio.people.services.residence import set_rule
from tequio.territories.models import Territory

Make = Callable[..., Organisation]


@pytest.fixture
def make(lome: Territory, alice: Person) -> Make:
    """An organisation of Lomé that Alice runs, unless it is said otherwise."""

    def make(
        name: str = "Weavers", *, by: Person = alice, place: Territory = lome, **values: Any
    ) -> Organisation:
        return make_organisation(portrait(name, place, **values), by=by)

    return make


@pytest.fixture
def weavers(make: Make) -> Organisation:
    return make()


@pytest.fixture
def sefa(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Steward of Lomé, which takes registers for proof."""
    person = make_member("Sefa", "steward", lome)
    set_rule(lome, methods=["in_person", "register"], months=24, by=person)
    return person


@pytest.fixture
def zara(make_member: Callable[..., Person], bilbao: Territory) -> Person:
    """Steward of Bilbao."""
    return make_member("Zara", "steward", bilbao)
