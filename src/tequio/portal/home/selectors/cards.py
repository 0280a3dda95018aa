"""An item as lists show it: with its people, its clock and the one thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.selectors.listings import Figures, figures_of
from tequio.ideas.processes.selectors import Standing, standings


@dataclass(frozen=True)
class Card:
    """One item of a list. `figures` only for conversations, `standing` only for processes."""

    item: Item
    figures: Figures | None = None
    standing: Standing | None = None

    @property
    def zone(self) -> str:
        return self.figures.zone if self.figures else self.item.territory.zone

    @property
    def is_open(self) -> bool:
        return self.item.is_open

    @property
    def begins_later(self) -> bool:
        return not self.item.is_open and not self.item.is_over

    @property
    def is_for_members(self) -> bool:
        return self.figures is not None and self.figures.who_may == WhoMay.MEMBERS

    @property
    def is_for_residents(self) -> bool:
        return self.figures is not None and self.figures.who_may == WhoMay.RESIDENTS

    @property
    def act_path(self) -> str:
        """Where the button leads: for an open conversation straight to the first statement."""
        if self.figures and self.figures.statements and self.item.is_open:
            return reverse("deliberation:answer", args=[self.item.pk])
        return self.item.path

    @property
    def results_path(self) -> str:
        return reverse("deliberation:results", args=[self.item.pk]) if self.figures else self.item.path


def cards(items: Iterable[Item]) -> list[Card]:
    """The items with their figures, in two queries more."""
    items = list(items)
    figures = figures_of(item.pk for item in items if item.kind == "conversation")
    processes = [item.pk for item in items if item.kind == "process"]
    stand = standings(processes) if processes else {}
    return [Card(item, figures.get(item.pk), stand.get(item.pk)) for item in items]
