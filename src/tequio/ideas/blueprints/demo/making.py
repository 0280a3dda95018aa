"""Opening a process of the demonstration, who looks after it, and giving its phases their days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tequio.base.moments import zone
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.processes.models import Backing, Phase, Process
from tequio.ideas.processes.services import PhasePlan, Plan
from tequio.ideas.processes.services.backing import propose_process, sign_process
from tequio.ideas.processes.services.entering import enter_process
from tequio.ideas.processes.services.opening import start_process
from tequio.ideas.processes.services.team import answer_for_organisation, name_organisation
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from .content import Stage, Telling
from .institutions import runner_of

_PROBLEMS = (("create", "problem"), ("support", "problem"), ("comment", "problem"))
_IDEAS = (("create", "idea"), ("support", "idea"), ("comment", "idea"))
_WEIGH = (("support", "problem"), ("support", "idea"), ("comment", "idea"))
_CONVERSE = (*_WEIGH, ("create", "idea"), ("comment", "conversation"))
_ANSWER = (("answer", "problem"), ("answer", "idea"), ("answer", "conversation"))
# What each kind of stage opens, as (act, kind of item).
FEATURES = {
    "gather": (*_PROBLEMS, *_IDEAS),
    "deliberate": _WEIGH,
    "converse": _CONVERSE,
    "answer": _ANSWER,
    "deliver": (("comment", "result"),),
}
EVENING = 20


def evening(now: datetime, days: float, zone_name: str) -> datetime:
    """Eight in the evening there, so many days from now."""
    there = (now + timedelta(days=days)).astimezone(zone(zone_name))
    return there.replace(hour=EVENING, minute=0, second=0, microsecond=0).astimezone(UTC)


def dates_of(stage: Stage, telling: Telling, now: datetime) -> tuple[datetime, datetime]:
    """A stage begins a moment after the evening on which the one before it ended."""
    return evening(now, stage.opens, telling.zone), evening(now, stage.closes, telling.zone)


def plan_of(telling: Telling, now: datetime, addressee: Organisation | None, *, is_open: bool) -> Plan:
    """As its facilitator would fill the form. `is_open`: every phase has no dates yet, so that all can happen."""
    phases = []
    for stage in telling.stages:
        opens, closes = (None, None) if is_open else dates_of(stage, telling, now)
        features = tuple((act, kind, "") for act, kind in FEATURES[stage.opens_what])
        title = stage.title.field(telling.translators)
        phases.append(PhasePlan(title, opens, closes, features=features))
    # The day lies ahead while everything is written; `give_days` sets the one of the story.
    due = now + timedelta(days=max(telling.answer_due or 0, 30))
    return Plan(
        title=telling.title.field(telling.translators),
        summary=telling.summary.field(telling.translators),
        background=telling.background.field(telling.translators),
        phases=phases,
        languages=telling.languages,
        zone=telling.zone,
        blueprint=telling.blueprint,
        who_may=telling.who_may,
        least_age=telling.least_age,
        most_age=telling.most_age,
        answer_due=due.date() if telling.answer_due is not None else None,
        answers=addressee,
    )


def open_telling(
    telling: Telling,
    place: Territory,
    people: Mapping[str, Person],
    organisations: Mapping[str, Organisation],
    talks: Mapping[str, Conversation],
    *,
    now: datetime,
) -> Process:
    """The process with its team and its conversation, every phase open for the time of writing."""
    by = people[telling.facilitator]
    addressee = organisations[telling.addressee] if telling.addressee else None
    process = start_process(plan_of(telling, now, addressee, is_open=True), territory=place, by=by)
    for key in telling.partners:
        party = name_organisation(process, organisations[key], by=by)
        if party.accepted_at is None:
            answer_for_organisation(party, accepts=True, by=runner_of(key, people))
    phases = process.phases.order_by("position")
    for stage, phase in zip(telling.stages, phases, strict=True):
        if stage.talk:
            enter_process(talks[stage.talk].item, process, phase=phase, by=by)
    return process


def propose_telling(
    telling: Telling, place: Territory, people: Mapping[str, Person], *, now: datetime
) -> Process:
    """A process that members want to open: proposed, and signed by those who have so far."""
    plan = plan_of(telling, now, None, is_open=False)
    process = propose_process(plan, territory=place, by=people[telling.facilitator])
    for key in telling.signed_by:
        sign_process(process, by=people[key])
    backings = list(Backing.objects.filter(process=process).order_by("pk"))
    for number, backing in enumerate(backings):
        backing.at = now - timedelta(days=len(backings) - number, hours=3 * number)
    Backing.objects.bulk_update(backings, ["at"])
    Item.objects.filter(pk=process.pk).update(made_at=backings[0].at)
    return process


def give_days(process: Process, telling: Telling, *, now: datetime) -> None:
    """Now that all is written, the phases get the days of the story, and the process that of its beginning."""
    dates = [dates_of(stage, telling, now) for stage in telling.stages]
    for phase, (opens, closes) in zip(process.phases.order_by("position"), dates, strict=True):
        Phase.objects.filter(pk=phase.pk).update(opens_at=opens, closes_at=closes)
    began = dates[0][0]
    Item.objects.filter(pk=process.pk).update(
        made_at=began, published_at=began, opens_at=began, closes_at=dates[-1][1]
    )
    if telling.answer_due is not None:
        due = evening(now, telling.answer_due, telling.zone).astimezone(zone(telling.zone)).date()
        Process.objects.filter(pk=process.pk).update(answer_due=due, turned_at=None)
