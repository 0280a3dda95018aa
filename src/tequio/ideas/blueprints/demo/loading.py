"""Loading one whole process in each place of the demonstration, each at its stage, as of now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation

from tequio.base.multilingual import original_text
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.rules import set_rule
from tequio.ideas.processes.services.turning import turn
from tequio.ideas.proposals.models import Idea
from tequio.notifications.models import Announcement
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.selectors import named

from . import bilbao, limoilou_youth, lome, mexico, quebec
from .content import Telling
from .deciding import answer_all, give_clocks_their_days, keep_ready_words, owe, tell_results
from .institutions import load_institutions
from .making import give_days, open_telling, propose_telling
from .neighbours import JOINED, been_here, begin_crowd, load_neighbours
from .writing import Scene, tie_to_statements, write_ideas, write_problems

TELLINGS: tuple[Telling, ...] = (
    lome.TELLING, quebec.TELLING, limoilou_youth.TELLING, mexico.TELLING, bilbao.TELLING, bilbao.ESTUARY,
)  # fmt: skip

NEWS = timedelta(days=7)


@transaction.atomic
def load_tellings(
    people: Mapping[str, Person], talks: Mapping[str, Conversation], *, now: datetime
) -> dict[str, Process]:
    """Everything of every telling that is not here yet. Returns the processes by key."""
    there = tellings_loaded()
    missing = [telling for telling in TELLINGS if telling.key not in there]
    if not missing:
        return there
    last = Announcement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    been_here(people, since=now - JOINED)
    everybody = {**people, **load_neighbours(now=now)}
    organisations = load_institutions(everybody)
    for telling in missing:
        with translation.override(telling.languages[0]):
            there[telling.key] = _load(telling, everybody, organisations, talks, now=now)
    turn([process.pk for process in there.values()])
    _leave_out_old_news(last, now)
    return there


def _leave_out_old_news(last: int, now: datetime) -> None:
    """What happened to things of long ago, said in the announcements after `last`, is told to nobody today."""
    old = Announcement.objects.filter(pk__gt=last, done_at=None, item__published_at__lt=now - NEWS)
    old.update(done_at=now)


def _load(
    telling: Telling, people: Mapping[str, Person], organisations: Mapping[str, Organisation],
    talks: Mapping[str, Conversation], *, now: datetime,
) -> Process:  # fmt: skip
    places = named({telling.place, *_places(telling)})
    place = places[telling.place]
    if telling.promise is not None:
        set_rule(
            place, openers=telling.promise.openers, petition_supports=telling.promise.supports,
            petition_days=telling.promise.days, by=people[telling.steward],
        )  # fmt: skip
    if telling.signed_by:
        return propose_telling(telling, place, people, now=now)
    process = open_telling(telling, place, people, organisations, talks, now=now)
    crowd = begin_crowd(telling.crowd, language=telling.languages[0], since=now - JOINED)
    scene = Scene(telling, process, place, places, people, crowd, now)
    write_problems(scene)
    write_ideas(scene)
    tie_to_statements(scene, next((talks[one.talk] for one in telling.stages if one.talk), None))
    keep_ready_words(scene)
    owe(scene)
    answer_all(scene, organisations)
    tell_results(scene, organisations)
    give_days(process, telling, now=now)
    give_clocks_their_days(scene)
    return process


def _places(telling: Telling) -> set[str]:
    """Codes of all territories in which something of it is."""
    spots = [one.where for one in telling.proposals]
    for trouble in telling.troubles:
        spots += [trouble.where, *trouble.around, *(too.where for too in trouble.too)]
    return {spot.place for spot in spots}


def tellings_loaded() -> dict[str, Process]:
    """The processes of the demonstration by key, found by the words of their titles."""
    by_title: dict[str, Process] = {}
    for process in Process.objects.select_related("item__territory").order_by("-pk"):
        by_title[original_text(process.item.title)] = process
    return {one.key: by_title[one.title.original] for one in TELLINGS if one.title.original in by_title}


def idea_loaded(telling: Telling, key: str) -> Idea:
    """One idea of a telling, found by the words of its title."""
    title = next(one.title for one in telling.proposals if one.key == key)
    return Idea.objects.select_related("item").filter(
        **{f"item__title__{title.origin}__text": title.original}
    )[0]
