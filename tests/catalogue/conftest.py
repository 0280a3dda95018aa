"""Items made in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.territories.models import Territory


@pytest.fixture
def make_process(lome: Territory) -> Callable[..., Item]:
    """A published process with one phase; `days` says how long ago it was published."""

    def make(
        title: Field,
        *,
        territory: Territory = lome,
        days: float = 0,
        background: Field | None = None,
        **values: Any,
    ) -> Item:
        now = timezone.now()
        process: Process = open_process(
            title=title, summary={}, background=background or {}, territory=territory, languages=["en"], by=SYSTEM,
            phases=[PhasePlan(title, values.pop("opens_at", None), values.pop("closes_at", None))],
        )  # fmt: skip
        at: datetime = now - timedelta(days=days)
        Item.objects.filter(pk=process.pk).update(published_at=at, made_at=at, **values)
        return Item.objects.get(pk=process.pk)

    return make
