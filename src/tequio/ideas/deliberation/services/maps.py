"""Drawing the map of a conversation anew, and keeping what came out."""

from __future__ import annotations

import logging
import time
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from threadpoolctl import threadpool_limits

from tequio.algorithms.opinion_map import VERSION, Parameters, Previous, SmoothedCount, compute, input_digest
from tequio.algorithms.opinion_map import OpinionMap as Computed
from tequio.audit import services as audit
from tequio.base.actor import SYSTEM
from tequio.base.jobs import later
from tequio.catalogue.models import ItemCount
from tequio.guards.services import page_changed

from ..models import Cohort, Conversation, OpinionMap
from ..selectors.map_document import build_document
from ..selectors.people_arrays import PeopleArrays, pack, unpack
from ..selectors.taking_part import open_statements
from ..selectors.vote_reading import SET_ASIDE, VoteReading, read_votes
from .cohorts import note_cohorts
from .notices import tell_of_results

log = logging.getLogger("tequio.deliberation")

MAP_SECONDS = 3
HUGE = 5_000_000  # answers; about two seconds of work
PARAMETERS = Parameters()

# The first and the newest map stay, and all of the last ten minutes; of older ones the last of every ten minutes,
# after a day the last of every hour.
THIN = """
DELETE FROM deliberation_opinionmap WHERE id IN (
    SELECT id FROM (
        SELECT id, made_at,
            row_number() OVER (ORDER BY id) AS place,
            row_number() OVER (PARTITION BY floor(extract(epoch FROM made_at)
                / CASE WHEN made_at < now() - interval '1 day' THEN 3600 ELSE 600 END) ORDER BY id DESC) AS from_last
        FROM deliberation_opinionmap WHERE conversation_id = %s
    ) AS kept
    WHERE place > 1 AND from_last > 1 AND made_at < now() - interval '10 minutes'
)
"""


def ask_for_map(conversation: Conversation) -> None:
    """A new map a few seconds from now, however many ask for it. Ask last in the transaction."""
    later("deliberation.recompute", once=f"map-{conversation.pk}", in_seconds=MAP_SECONDS, pk=conversation.pk)


def draw_or_hand_on(pk: int) -> None:
    """The map now; one of a huge conversation in the worker's lane for long jobs."""
    if ItemCount.objects.filter(item_id=pk, acts__gte=HUGE).exists():
        later("deliberation.recompute_huge", once=f"huge-map-{pk}", pk=pk)
    else:
        recompute_map(pk)


def recompute_map(pk: int, *, parameters: Parameters = PARAMETERS) -> OpinionMap | None:
    """Read the votes of conversation `pk`, compute, keep. None when nothing changed since the last map."""
    conversation = Conversation.objects.select_related("item").filter(pk=pk).first()
    if conversation is None:
        return None
    begun = time.perf_counter()
    newest = OpinionMap.objects.filter(conversation=conversation).order_by("-id").first()
    reading = _read_without_cohorts(conversation)
    digest = input_digest(reading.votes)
    if _is_same(newest, reading, digest, parameters) or (newest is None and not len(reading.votes)):
        _keep_counts(conversation, reading)
        return None
    earlier = unpack(newest.people) if newest is not None and newest.people else None
    with threadpool_limits(limits=1):
        computed = compute(
            reading.votes,
            zeroed=reading.zeroed,
            meta=reading.meta,
            already_in=_already_in(reading, earlier),
            previous=_previous(newest),
            parameters=parameters,
        )
    if computed.priorities_suspicious:
        log.error("conversation %s: all priorities are equal although the answers differ", pk)
    document = build_document(computed, reading, digest, newest.result if newest else None, earlier)
    people = _people(computed, reading, earlier)
    return _keep_map(conversation, computed, reading, document, people, time.perf_counter() - begun)


def _read_without_cohorts(conversation: Conversation) -> VoteReading:
    """Everybody is looked at for bursts, also those set aside before: their cohort may have grown."""
    everybody = read_votes(conversation, with_set_aside=True)
    note_cohorts(conversation, everybody)
    has_aside = Cohort.objects.filter(conversation=conversation, state__in=SET_ASIDE).exists()
    return read_votes(conversation) if has_aside else everybody


def _is_same(newest: OpinionMap | None, reading: VoteReading, digest: str, parameters: Parameters) -> bool:
    """Same answers, same statements left out, same mathematics: the map would be the same."""
    return newest is not None and (
        newest.digest,
        newest.result.get("zeroed"),
        newest.result.get("meta"),
        newest.result["algorithm"]["parameters"],
        newest.version,
    ) == (digest, reading.zeroed, reading.meta, parameters.as_dict(), VERSION)


def _already_in(reading: VoteReading, earlier: PeopleArrays | None) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Public numbers of those who were on the last map: once in, always in."""
    if earlier is None:
        return np.empty(0, np.int64)
    return reading.votes.participants[np.isin(reading.persons, earlier.person[earlier.is_placed])]


def _previous(newest: OpinionMap | None) -> Previous | None:
    if newest is None or not newest.smoothing:
        return None
    axes = newest.result["axes"]
    return Previous(
        statements=np.array(axes["statements"], np.int64),
        components=np.array(axes["components"], float).reshape(2, -1),
        smoothing=SmoothedCount(**newest.smoothing),
    )


def _people(computed: Computed, reading: VoteReading, earlier: PeopleArrays | None) -> PeopleArrays:
    """By our ids, ascending; who was on the last map keeps her day."""
    order = np.argsort(reading.persons, kind="stable")
    persons = reading.persons[order]
    positions = computed.positions if len(computed.positions) else np.zeros((len(persons), 2))
    since = np.where(computed.placed[order], int(time.time()), 0)
    if earlier is not None and len(earlier.person):
        place = np.minimum(np.searchsorted(earlier.person, persons), len(earlier.person) - 1)
        was_in = (earlier.person[place] == persons) & earlier.is_placed[place] & (since > 0)
        since = np.where(was_in, earlier.since[place], since)
    x, y = positions[order].astype(np.float32).T
    return PeopleArrays(persons, x, y, computed.label[order].astype(np.int8), since.astype(np.int64))


@transaction.atomic
def _keep_map(
    conversation: Conversation,
    computed: Computed,
    reading: VoteReading,
    document: dict[str, Any],
    people: PeopleArrays,
    seconds: float,
) -> OpinionMap:
    """The new row; older ones give up who stands where, and most of them go in time."""
    newest = OpinionMap.objects.create(
        conversation=conversation,
        digest=document["algorithm"]["input_sha256"],
        version=computed.version,
        parameters=document["algorithm"]["parameters"],
        seed=computed.parameters.seed,
        participants=len(reading.votes.participants),
        votes=len(reading.votes),
        placed=computed.placed_count,
        groups=computed.k,
        seconds=round(seconds, 3),
        result=document,
        smoothing={name: getattr(computed.smoothing, name) for name in ("shown", "candidate", "runs")},
        people=pack(people),
        made_at=timezone.now(),
    )
    OpinionMap.objects.filter(conversation=conversation, people__isnull=False).exclude(pk=newest.pk).update(
        people=None
    )
    with connection.cursor() as cursor:
        cursor.execute(THIN, [conversation.pk])
    _keep_counts(conversation, reading)
    if document["picture"]:
        tell_of_results(conversation, by=SYSTEM)
    audit.record("map.draw", newest, by=SYSTEM, digest=newest.digest, version=newest.version)
    page_changed()
    return newest


def _keep_counts(conversation: Conversation, reading: VoteReading) -> None:
    """The numbers that lists show; always those of the answers themselves."""
    counts = {
        "people": len(reading.votes.participants),
        "acts": len(reading.votes),
        "parts": open_statements(conversation).count(),
    }
    ItemCount.objects.filter(item_id=conversation.pk).exclude(**counts).update(**counts)
