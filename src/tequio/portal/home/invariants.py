"""What `tequio verify` asks of the installation as a whole, and what a flat's own invariants may not look up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.db.models import Max

from tequio.algorithms.opinion_map import input_digest
from tequio.ideas.deliberation.models import Cohort, OpinionMap, Statement, VoteBatch
from tequio.ideas.deliberation.selectors.vote_digests import digests
from tequio.ideas.deliberation.selectors.vote_reading import read_votes


def no_demonstration_in_public() -> Iterator[str]:
    """The mailbox of a demonstration shows everybody's codes: it must not stand under a public name."""
    if settings.IS_DEMO and settings.PUBLIC_HOSTS:
        hosts = ", ".join(settings.PUBLIC_HOSTS)
        yield f"this is a demonstration and it is open to the world as {hosts}: anybody can sign in as anybody"


def newest_maps_can_be_drawn_again() -> Iterator[str]:
    """Where no answer came in since, the newest map was made of the very answers that are stored.

    Its digest is of those answers: whoever recounts must find the same.
    """
    for drawn in OpinionMap.objects.order_by("conversation", "-id").distinct("conversation"):
        changed = Statement.objects.filter(conversation=drawn.conversation_id).aggregate(
            voted=Max("votes__at"), decided=Max("decided_at")
        )
        cohorts = Cohort.objects.filter(conversation=drawn.conversation_id)
        changed |= cohorts.aggregate(set_aside=Max("found_at"), told=Max("decided_at"))
        if any(at is not None and at > drawn.made_at for at in changed.values()):
            continue  # a new map is on its way, or was not needed
        reading = read_votes(drawn.conversation)
        if (drawn.result.get("zeroed"), drawn.result.get("meta")) != (reading.zeroed, reading.meta):
            continue
        if input_digest(reading.votes) != drawn.digest:
            yield f"map {drawn.pk} of conversation {drawn.conversation_id} was not drawn from the answers that are stored"


def batches_of_answers_fit_what_is_stored() -> Iterator[str]:
    """No answer was added to, taken from or changed in a span of time that was sealed."""
    batches = VoteBatch.objects.order_by("conversation", "is_taken_in", "since")
    # One reading for all batches of a conversation; those of imports overlap them and are read one by one.
    for _key, group in groupby(batches, lambda one: (one.conversation_id, one.is_taken_in and one.pk)):
        rows = list(group)
        conversation = rows[0].conversation_id
        found = digests(conversation, [(row.since, row.until) for row in rows])
        for row, (votes, digest) in zip(rows, found, strict=True):
            if digest != row.digest:
                yield (
                    f"the answers of conversation {conversation} from {row.since:%Y-%m-%d %H:%M:%S} to {row.until:%Y-%m-%d %H:%M:%S} UTC "
                    f"are not those that were sealed (batch {row.pk}: {row.votes} sealed, {votes} found)"
                )
