"""What somebody decides before a process begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tequio.base.multilingual import Field
from tequio.catalogue.enums import WhoMay
from tequio.catalogue.models import Item
from tequio.organisations.models import Organisation

from ..enums import Blueprint


@dataclass(frozen=True)
class PhasePlan:
    """One step. `features` are (act, kind, for whom); the last is "" for whoever may take part. `pk` of an old one."""

    title: Field
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    part: Item | None = None
    features: tuple[tuple[str, str, str], ...] = ()
    pk: int | None = None


@dataclass(frozen=True)
class Plan:
    """Dates are aware, `zone` is IANA. `answers` is who answers, None for the place itself."""

    title: Field
    summary: Field
    background: Field
    phases: Sequence[PhasePlan]
    languages: Sequence[str] = ()
    zone: str = ""
    blueprint: str = Blueprint.OWN
    who_may: str = WhoMay.ANYONE
    methods: Sequence[str] = field(default_factory=list)
    least_age: int | None = None
    most_age: int | None = None
    answer_due: date | None = None
    organisation: Organisation | None = None
    answers: Organisation | None = None

    @property
    def opens_at(self) -> datetime | None:
        """When its first step begins; None where one has no beginning: it is open from the start."""
        return _bound([plan.opens_at for plan in self.phases], min)

    @property
    def closes_at(self) -> datetime | None:
        return _bound([plan.closes_at for plan in self.phases], max)


def _bound(moments: list[datetime | None], choose: Callable[[list[datetime]], datetime]) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return choose(known) if known and len(known) == len(moments) else None
