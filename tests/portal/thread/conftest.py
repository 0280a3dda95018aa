"""Items tied to one another in one line."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from people import words
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.catalogue.services import link_items
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.territories.models import Territory


@pytest.fixture
def make_thing(lome: Territory) -> Callable[..., Item]:
    """A published process with that title; other columns of its item by name."""

    def make(title: str, **values: Any) -> Item:
        process = open_process(
            title=words(title), summary={}, background={}, territory=lome, languages=["en"], by=SYSTEM,
            phases=[PhasePlan(words("Step"))],
        )  # fmt: skip
        Item.objects.filter(pk=process.pk).update(**values)
        return Item.objects.get(pk=process.pk)

    return make


@pytest.fixture
def tie() -> Callable[..., None]:
    """Each thing grew into the next."""

    def make(*things: Item) -> None:
        for earlier, later in itertools.pairwise(things):
            link_items(earlier, later, "grew_into", by=SYSTEM)

    return make
