"""Taking in answers that were given elsewhere or made up for the demonstration, thousands at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.consent.enums import Channel, Purpose
from tequio.consent.services import give
from tequio.people.models import Person

from ..models import Conversation, Participant
from .answering import CONSENT
from .copying import copy_votes

# By the key of each row: a join over the votes would be planned by what the tables held before.
COUNT_ANSWERS = """
UPDATE deliberation_participant SET answers = answers + given.number
FROM unnest(%s::bigint[], %s::int[]) AS given(id, number) WHERE deliberation_participant.id = given.id
"""


@dataclass(frozen=True, eq=False)
class VoteArrays:
    """Answers, one place an answer: ids of our tables, 1, 0 or -1, microseconds since 1970."""

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    values: NDArray[np.int8]
    important: NDArray[np.bool_]
    micros: NDArray[np.int64]

    def between(self, begin: int, end: int) -> VoteArrays:
        part = slice(begin, end)
        return VoteArrays(
            self.participants[part],
            self.statements[part],
            self.values[part],
            self.important[part],
            self.micros[part],
        )


@transaction.atomic
def take_in_participants(
    conversation: Conversation,
    began: Sequence[datetime],
    *,
    persons: Sequence[Person | None] = (),
    channel: str = Channel.WEB,
    by: Actor,
) -> list[int]:
    """One participant for each moment in `began`, the first ones being `persons`. Returns their ids in order.

    Those who are somebody agreed to today's words, each in her language, by `channel`.
    """
    known = [*persons, *[None] * (len(began) - len(persons))]
    rows = [
        Participant(conversation=conversation, person=person, began_at=at, consent=CONSENT if person else "")
        for person, at in zip(known, began, strict=True)
    ]
    made = Participant.objects.bulk_create(rows, batch_size=2_000)
    for person in persons:
        if person is not None:
            give(person, Purpose.OPINIONS, language=person.language, channel=channel, by=by)
    audit.record("conversation.take_in_people", conversation, by=by, people=len(made))
    return [row.pk for row in made]


@transaction.atomic
def take_in_votes(conversation: Conversation, votes: VoteArrays, *, by: Actor) -> None:
    """Write new answers and bring each participant's counter up to date.

    A second answer of a participant to a statement breaks the unique constraint, and nothing is taken in.
    """
    copy_votes(votes.participants, votes.statements, votes.values, votes.important, votes.micros)
    people, given = np.unique(votes.participants, return_counts=True)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ANSWERS, [people.tolist(), given.tolist()])
    audit.record("conversation.take_in_votes", conversation, by=by, votes=len(votes.values))
