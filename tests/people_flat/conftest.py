"""A city with a district, its steward, and every way of proving where one lives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from people import words
from tequio.base.actor import SYSTEM
from tequio.people.enums import Method
from tequio.people.models import Person, ResidenceRule
from tequio.territories.models import Territory
from tequio.territories.services import rebuild_paths, save_territory

Maker = Callable[..., Person]


@pytest.fixture
def steward(make_member: Maker, lome: Territory) -> Person:
    return make_member("Sita", "steward", lome)


@pytest.fixture
def be(lome: Territory) -> Territory:
    """A district of Lomé."""
    district = save_territory(
        code="TG-M-be", kind="district", name=words("Bè"), zone="Africa/Lome", languages=["fr"],
        parents=[lome], by=SYSTEM,
    )  # fmt: skip
    rebuild_paths(by=SYSTEM)
    return district


@pytest.fixture
def all_ways(lome: Territory) -> ResidenceRule:
    return ResidenceRule.objects.create(territory=lome, methods=list(Method.values), months=12)
