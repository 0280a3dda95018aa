"""Who arrived in a burst and answers alike, read from the answers at hand; and what pages say of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet, Sum
from numpy.typing import NDArray

from tequio.algorithms.bursts import Cohort as Found
from tequio.algorithms.bursts import Numbers, bursts, cohorts_of

from ..models import Cohort, Conversation
from .vote_reading import SET_ASIDE, VoteReading

# So many of those outside the bursts are compared; more of them would not change a share by a hundredth.
MOST_OTHERS = 5_000
NO_ANSWER = 2

ARRIVALS = """
SELECT string_agg(int8send(id), '' ORDER BY id),
    string_agg(float8send(extract(epoch FROM began_at)::float8), '' ORDER BY id)
FROM deliberation_participant WHERE conversation_id = %s
"""


def find_cohorts(
    conversation: Conversation, reading: VoteReading, numbers: Numbers
) -> list[tuple[Found, NDArray[np.int64]]]:
    """(cohort, ids of its participants) among everybody in `reading`; one query, no answers read again."""
    if len(reading.persons) < numbers.fewest:
        return []
    arrivals = _arrivals(conversation, reading.persons)
    crowds = bursts(arrivals, seconds=numbers.minutes * 60, times=numbers.times, fewest=numbers.fewest)
    if not crowds:
        return []
    rows = _with_some_others(len(arrivals), np.concatenate(crowds))
    inside = [np.searchsorted(rows, np.sort(crowd)) for crowd in crowds]
    found = cohorts_of(inside, arrivals[rows], _answers(reading, rows), numbers=numbers)
    return [(cohort, reading.persons[rows[cohort.people]]) for cohort in found]


def _arrivals(conversation: Conversation, persons: NDArray[np.int64]) -> NDArray[np.float64]:
    """Seconds of Unix time, in the order of `persons`."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVALS, [conversation.pk])
        ids, moments = cursor.fetchone()
    known = np.frombuffer(ids or b"", ">i8").astype(np.int64)
    began = np.frombuffer(moments or b"", ">f8").astype(np.float64)
    return began[np.searchsorted(known, persons)]


def _with_some_others(number: int, inside: NDArray[np.int64]) -> NDArray[np.int64]:
    """Everybody in a burst and others at even distances, ascending."""
    others = np.setdiff1d(np.arange(number), inside)
    step = max(1, -(-len(others) // MOST_OTHERS))
    return np.union1d(inside, others[::step])


def _answers(reading: VoteReading, rows: NDArray[np.int64]) -> NDArray[np.int8]:
    """int8[rows, statements]; 2 where there is no answer."""
    votes = reading.votes
    table = np.full((len(rows), len(votes.statements)), NO_ANSWER, np.int8)
    for place, row in enumerate(rows.tolist()):
        begin, end = votes.row_start[row], votes.row_start[row + 1]
        table[place, votes.column[begin:end]] = votes.vote[begin:end]
    return table


def cohorts_in(conversation: Conversation) -> QuerySet[Cohort]:
    """The newest first; nothing in them leads to a person."""
    return Cohort.objects.filter(conversation=conversation).order_by("-pk")


def people_set_aside(conversation: Conversation) -> int:
    """How many people's answers do not count today; one query."""
    rows = Cohort.objects.filter(conversation=conversation, state__in=SET_ASIDE)
    total: Any = rows.aggregate(people=Sum("people"))["people"]
    return int(total or 0)
