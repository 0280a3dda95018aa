"""Taking in answers that were given elsewhere or made up for the demonstration, thousands at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.people.models import Person

from ..models import Conversation, Participant

# participant id, statement id, value (1, 0, -1), important, when
VoteRow = tuple[int, int, int, bool, datetime]

COPY_VOTES = "COPY deliberation_statementvote (participant_id, statement_id, value, is_important, at) FROM STDIN"
COUNT_ANSWERS = """
UPDATE deliberation_participant AS one SET answers = counted.number
FROM (
    SELECT vote.participant_id, count(*) AS number FROM deliberation_statementvote AS vote
    JOIN deliberation_participant AS who ON who.id = vote.participant_id
    WHERE who.conversation_id = %s GROUP BY vote.participant_id
) AS counted
WHERE one.id = counted.participant_id AND one.answers <> counted.number
"""


@transaction.atomic
def take_in_participants(
    conversation: Conversation,
    began: Sequence[datetime],
    *,
    persons: Sequence[Person | None] = (),
    consent: str = "",
    by: Actor,
) -> list[int]:
    """One participant for each moment in `began`, the first ones being `persons`. Returns their ids in order."""
    known = [*persons, *[None] * (len(began) - len(persons))]
    rows = [
        Participant(conversation=conversation, person=person, began_at=at, consent=consent if person else "")
        for person, at in zip(known, began, strict=True)
    ]
    made = Participant.objects.bulk_create(rows, batch_size=2_000)
    audit.record("conversation.take_in_people", conversation, by=by, people=len(made))
    return [row.pk for row in made]


@transaction.atomic
def take_in_votes(conversation: Conversation, votes: Iterable[VoteRow], *, by: Actor) -> int:
    """Write new answers by COPY and bring each participant's counter up to date. Returns how many.

    A second answer of a participant to a statement breaks the unique constraint, and nothing is taken in.
    """
    number = 0
    with connection.cursor() as cursor:
        with cursor.copy(COPY_VOTES) as copy:
            for vote in votes:
                copy.write_row(vote)
                number += 1
        cursor.execute(COUNT_ANSWERS, [conversation.pk])
    audit.record("conversation.take_in_votes", conversation, by=by, votes=number)
    return number
