"""Who sees and opens processes, and what the phases of today let somebody do in them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from tequio.catalogue.permissions import seen_by
from tequio.organisations.permissions import organisation_ids
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.people.permissions import can_give_opinions
from tequio.people.selectors.residence import is_resident
from tequio.territories.models import Territory

from .enums import Act, Bar, WhoMay
from .models import PhaseFeature, Process

# A problem says what is; to write, support or comment ideas is to give an opinion.
SAYS_AN_OPINION = {(Act.CREATE, "idea"), (Act.SUPPORT, "idea"), (Act.COMMENT, "idea")}


def visible_to(person: Person | None) -> QuerySet[Process]:
    return Process.objects.filter(seen_by(person, "item__"), item__kind="process")


def can_open(person: Person | None, territory: Territory) -> bool:
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def can_translate(person: Person | None, process: Process) -> bool:
    """Whoever opened it, and translators of the place."""
    if person is None or person.is_guest or not person.is_active:
        return False
    item = process.item
    return item.author_id == person.pk or person.holds(RoleName.TRANSLATOR, item.territory)


def open_today(process: Process) -> dict[tuple[str, str], str]:
    """{(act, kind): for whom} of the phases of this moment, by the database's clock; one query, kept on the row."""
    kept: dict[tuple[str, str], str] | None = process.__dict__.get("_open_today")
    if kept is None:
        rows = PhaseFeature.objects.filter(
            Q(phase__opens_at=None) | Q(phase__opens_at__lte=Now()),
            Q(phase__closes_at=None) | Q(phase__closes_at__gt=Now()),
            phase__process=process,
        )
        kept = {
            (act, kind): who_may or process.who_may
            for act, kind, who_may in rows.values_list("act", "kind", "who_may").order_by("-id")
        }
        process.__dict__["_open_today"] = kept
    return kept


def bar(person: Person | None, act: str, kind: str, *, process: Process | None, territory: Territory) -> Bar:
    """What keeps her from `act` on things of `kind`; `process` None is the open hub of the territory.

    In the hub everybody may write, comment and support at any time. A visitor (None) would become a guest.
    """
    if process is None:
        who_may = WhoMay.ANYONE.value
    else:
        opened = open_today(process).get((act, kind))
        if opened is None or not process.item.is_shown:
            return Bar.NOW
        who_may = opened
    return _bar_of(person, (act, kind), who_may, process, territory)


def _bar_of(
    person: Person | None,
    wanted: tuple[str, str],
    who_may: str,
    process: Process | None,
    territory: Territory,
) -> Bar:
    if who_may != WhoMay.ANYONE and (person is None or person.is_guest):
        return Bar.MEMBERS
    if person is not None and wanted in SAYS_AN_OPINION and not can_give_opinions(person):
        return Bar.AGE
    if who_may == WhoMay.RESIDENTS and not is_resident(person, territory):
        return Bar.RESIDENTS
    if who_may == WhoMay.ORGANISATION and (
        process is None or process.item.organisation_id not in organisation_ids(person)
    ):
        return Bar.ORGANISATION
    return Bar.NONE


def can_act(
    person: Person | None, act: str, kind: str, *, process: Process | None, territory: Territory
) -> bool:
    return (person is None or person.is_active) and (
        bar(person, act, kind, process=process, territory=territory) == Bar.NONE
    )
