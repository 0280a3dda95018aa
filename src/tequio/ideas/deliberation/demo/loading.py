"""Making the conversations and processes of the demonstration, each at its stage, as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from django.db import transaction

from tequio.base.actor import SYSTEM
from tequio.base.moments import EPOCH, zone
from tequio.base.multilingual import original_text
from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services import PhasePlan, open_process
from tequio.ideas.processes.services.entering import enter_process
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.selectors import named

from ..models import Conversation, OpinionMap, Statement, StatementAnswer
from ..services.conversations import Plan, add_statement, change_conversation, open_conversation
from ..services.crowds import VoteArrays, take_in_participants, take_in_votes
from ..services.maps import recompute_map
from ..services.moderation import decline_statement
from ..services.uptake import answer_for
from .bilbao import BILBAO
from .comments import load_comments
from .content import DECLINED, SEED, Course, Talk, Town
from .crowd import Crowd, make_up
from .journeys import load_journeys
from .lome import LOME
from .mexico import MEXICO
from .picture import show_picture
from .quebec import QUEBEC

TOWNS: tuple[Town, ...] = (MEXICO, BILBAO, QUEBEC, LOME)
WITH_PICTURE = "lome-network"
# After which part of the answers a map was drawn: the history then has something to show.
MAPS_AFTER = (0.3, 0.65, 1.0)


@transaction.atomic
def load_towns(
    people: dict[str, Person], *, organisations: Mapping[str, Organisation] | None = None, now: datetime
) -> dict[str, Conversation]:
    """Everything of every town. `people` and `organisations` by key. Returns the conversations by key."""
    behind = organisations or {}
    talks = {
        talk.key: load_talk(talk, people, organisation=behind.get(talk.organisation), now=now)
        for town in TOWNS
        for talk in town.talks
    }
    for town in TOWNS:
        for course in town.courses:
            load_course(course, talks, people, now=now)
    load_journeys(talks, people, load_course, now=now)
    load_comments(talks, people, now=now)
    return talks


def load_talk(
    talk: Talk, people: dict[str, Person], *, organisation: Organisation | None = None, now: datetime
) -> Conversation:
    """One conversation with its statements, its people, their answers, its maps and what became of it."""
    opened = now + timedelta(days=talk.opens)
    ended = min(now, evening(now, talk.closes, talk.zone))
    plan, facilitator = replace(_plan(talk, now), organisation=organisation), people[talk.facilitator]
    first = talk.first_background.field(talk.translators) if talk.first_background else plan.background
    conversation = open_conversation(
        replace(plan, background=first), territory=named([talk.place])[talk.place], by=facilitator
    )
    if talk.first_background:
        conversation = change_conversation(conversation, plan, by=facilitator)
        conversation.item.revisions.update(at=opened + timedelta(days=2))
    crowd = make_up(talk, (ended - opened).total_seconds())
    participants = take_in_participants(
        conversation,
        [opened + timedelta(seconds=float(after)) for after in crowd.came],
        persons=[people[key] for key in talk.visitors],
        by=SYSTEM,
    )
    statements = _write_lines(conversation, talk, crowd, participants, people)
    _set_back(conversation, statements, crowd, opened)
    _answer(conversation, _votes(crowd, participants, statements, opened))
    _decide(talk, statements, people, now)
    if talk.key == WITH_PICTURE:
        show_picture(conversation, talk.translators, by=people[talk.facilitator])
    return conversation


def _plan(talk: Talk, now: datetime) -> Plan:
    due = None if talk.answer_due_days is None else (now + timedelta(days=talk.answer_due_days)).date()
    return Plan(
        question=talk.question.field(talk.translators),
        summary=talk.summary.field(talk.translators),
        background=talk.background.field(talk.translators),
        languages=talk.languages,
        zone=talk.zone,
        opens_at=now + timedelta(days=talk.opens),
        closes_at=evening(now, talk.closes, talk.zone),
        who_may=talk.who_may,
        moderation=talk.moderation,
        answer_due=due,
        answers_for_it=talk.answers_for_it,
    )


def evening(now: datetime, days: float, zone_name: str) -> datetime:
    """Eight in the evening there, so many days from now."""
    there = (now + timedelta(days=days)).astimezone(zone(zone_name))
    return there.replace(hour=20, minute=0, second=0, microsecond=0).astimezone(UTC)


def _write_lines(
    conversation: Conversation,
    talk: Talk,
    crowd: Crowd,
    participants: list[int],
    people: dict[str, Person],
) -> list[Statement]:
    statements = []
    for line, author in zip(talk.lines, crowd.authors, strict=True):
        statement = add_statement(
            conversation,
            line.words.field(talk.translators),
            author=None,
            is_seed=line.by == SEED,
            state=ItemState.HELD if line.state == DECLINED else line.state,
            by=people.get(line.by) or (people[talk.facilitator] if line.by == SEED else SYSTEM),
        )
        statement.author_id = None if author < 0 else participants[author]
        statements.append(statement)
    Statement.objects.bulk_update(statements, ["author"])
    return statements


def _set_back(
    conversation: Conversation, statements: list[Statement], crowd: Crowd, opened: datetime
) -> None:
    """Services write the moment of today: give each thing the moment of its stage."""
    Item.objects.filter(pk=conversation.pk).update(made_at=opened, published_at=opened)
    items = [statement.item for statement in statements]
    for item, after in zip(items, crowd.written, strict=True):
        item.made_at = opened + timedelta(seconds=float(after))
        item.published_at = item.published_at and item.made_at
    Item.objects.bulk_update(items, ["made_at", "published_at"])


def _votes(
    crowd: Crowd, participants: list[int], statements: list[Statement], opened: datetime
) -> VoteArrays:
    begin = round(opened.timestamp() * 1e6)
    return VoteArrays(
        participants=np.array(participants, np.int64)[crowd.person],
        statements=np.array([statement.pk for statement in statements], np.int64)[crowd.line],
        values=crowd.value,
        important=crowd.important,
        micros=begin + (crowd.after * 1e6).astype(np.int64),
    )


def _answer(conversation: Conversation, votes: VoteArrays) -> None:
    """Take the answers in and draw the maps that were drawn on the way."""
    cuts = [0, *(max(1, round(len(votes.values) * share)) for share in MAPS_AFTER)]
    for begin, end in pairwise(cuts):
        if begin == end:
            continue
        part = votes.between(begin, end)
        take_in_votes(conversation, part, by=SYSTEM)
        drawn = recompute_map(conversation.pk)
        if drawn is not None:
            at = EPOCH + timedelta(microseconds=int(part.micros[-1]))
            OpinionMap.objects.filter(pk=drawn.pk).update(made_at=at)


def _decide(talk: Talk, statements: list[Statement], people: dict[str, Person], now: datetime) -> None:
    """Moderators decline what they declined, organisers answer what they answered."""
    facilitator = people[talk.facilitator]
    stewards = {person.name: person for person in people.values()}
    for line, statement in zip(talk.lines, statements, strict=True):
        if line.state == DECLINED:
            decline_statement(statement, reason=line.reason, by=facilitator)
        if line.answer:
            said = line.answer
            by = stewards.get(talk.answers_for_it, facilitator)
            answer = answer_for(statement, said.uptake, said.words.field(talk.translators), by=by)
            at = now - timedelta(days=said.days_ago)
            StatementAnswer.objects.filter(pk=answer.pk).update(at=at)


def load_course(
    course: Course, talks: dict[str, Conversation], people: dict[str, Person], *, now: datetime
) -> Process:
    """A process with its phases, one of which is a conversation."""
    place = named([course.place])[course.place]
    phases = [
        PhasePlan(
            title=step.words.field(course.translators),
            opens_at=now + timedelta(days=step.opens),
            closes_at=evening(now, step.closes, place.zone),
            part=talks[step.talk].item if step.talk else None,
            features=step.features,
        )
        for step in course.steps
    ]
    process = open_process(
        title=course.title.field(course.translators),
        summary=course.summary.field(course.translators),
        background=course.background.field(course.translators),
        territory=place,
        phases=phases,
        languages=["es", "en", "fr"],
        by=people[course.facilitator],
    )
    for step in course.steps:
        if step.talk:
            enter_process(talks[step.talk].item, process, by=people[course.facilitator])
    Item.objects.filter(pk=process.pk).update(made_at=phases[0].opens_at, published_at=phases[0].opens_at)
    return process


def talks_loaded() -> dict[str, Conversation]:
    """The demonstration's conversations by key, found by the words of their questions."""
    by_question: dict[str, Conversation] = {}
    for conversation in Conversation.objects.filter(item__kind="conversation").select_related("item"):
        by_question.setdefault(original_text(conversation.item.title), conversation)
    return {
        talk.key: by_question[question]
        for town in TOWNS
        for talk in town.talks
        if (question := talk.question.by_language[talk.question.origin]) in by_question
    }
