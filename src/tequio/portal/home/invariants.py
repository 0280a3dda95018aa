"""What `tequio verify` asks of the installation as a whole, and what a flat's own invariants may not look up."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max

from tequio.algorithms.opinion_map import input_digest
from tequio.ideas.deliberation.models import OpinionMap, Statement
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
        if any(at is not None and at > drawn.made_at for at in changed.values()):
            continue  # a new map is on its way, or was not needed
        reading = read_votes(drawn.conversation)
        if (drawn.result.get("zeroed"), drawn.result.get("meta")) != (reading.zeroed, reading.meta):
            continue
        if input_digest(reading.votes) != drawn.digest:
            yield f"map {drawn.pk} of conversation {drawn.conversation_id} was not drawn from the answers that are stored"
