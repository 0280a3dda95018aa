"""The whole demonstration: places, invented people, conversations and processes, as of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.ideas.answers.demo import load_answers
from tequio.ideas.blueprints.demo.institutions import INSTITUTIONS
from tequio.ideas.blueprints.demo.loading import load_tellings
from tequio.ideas.blueprints.demo.neighbours import NEIGHBOURS
from tequio.ideas.deliberation.demo.loading import load_towns
from tequio.ideas.deliberation.demo.own_page import load_own_page
from tequio.ideas.processes.demo import load_processes
from tequio.ideas.proposals.demo import load_ideas, load_problems
from tequio.moderation.demo import load_moderation
from tequio.notifications.demo import load_following
from tequio.organisations.demo import load_organisations
from tequio.people.demo import load_people, people_loaded
from tequio.people.demo.residents import load_residents
from tequio.portal.search.demo import load_gaps
from tequio.recipes.demo import load_recipes
from tequio.territories.importers import load_country

COUNTRIES = ("MX", "ES", "CA", "TG")


class AlreadyLoaded(Exception):
    """The demonstration is in this database."""


@dataclass(frozen=True)
class Loaded:
    """How much was made."""

    places: int
    people: int
    conversations: int
    processes: int
    organisations: int


@transaction.atomic
def load_demo(*, now: datetime | None = None) -> Loaded:
    """All of it or nothing. Raises AlreadyLoaded the second time."""
    if people_loaded():
        raise AlreadyLoaded
    places = sum(load_country(code, by=SYSTEM) for code in COUNTRIES)
    people = load_people()
    load_residents(people)
    load_recipes(people)
    organisations = load_organisations(people)
    talks = load_towns(people, organisations=organisations, now=now or timezone.now())
    load_processes(people, organisations, now=now or timezone.now())
    load_ideas(people, now=now or timezone.now())
    load_problems(people, now=now or timezone.now())
    load_answers(people, now=now or timezone.now())
    load_own_page(people, talks)
    tellings = load_tellings(people, talks, now=now or timezone.now())
    load_moderation(people, {key: talk.item for key, talk in talks.items()}, now=now or timezone.now())
    load_gaps()
    load_following(people, {key: talk.item for key, talk in talks.items()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the first pages are asked for before PostgreSQL does it by itself
    return Loaded(
        places,
        people=len(people) + len(NEIGHBOURS),
        conversations=len(talks),
        processes=len(tellings),
        organisations=len(organisations) + len(INSTITUTIONS),
    )
