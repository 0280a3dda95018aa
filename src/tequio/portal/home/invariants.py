"""What `tequio verify` asks of the installation as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings

from tequio.ideas.deliberation.models import VoteBatch
from tequio.ideas.deliberation.selectors.vote_digests import digests


def no_demonstration_in_public() -> Iterator[str]:
    """The mailbox of a demonstration shows everybody's codes: it must not stand under a public name."""
    if settings.IS_DEMO and settings.PUBLIC_HOSTS:
        hosts = ", ".join(settings.PUBLIC_HOSTS)
        yield f"this is a demonstration and it is open to the world as {hosts}: anybody can sign in as anybody"


def batches_of_answers_fit_what_is_stored() -> Iterator[str]:
    """No answer was added to, taken from or changed in a span of time that was sealed."""
    batches = VoteBatch.objects.order_by("conversation", "is_taken_in", "since")
    for (conversation, _taken_in), group in groupby(batches, lambda one: (one.conversation_id, one.is_taken_in)):
        rows = list(group)
        found = digests(conversation, [(row.since, row.until) for row in rows])
        for row, (votes, digest) in zip(rows, found, strict=True):
            if digest != row.digest:
                yield (
                    f"the answers of conversation {conversation} from {row.since:%Y-%m-%d %H:%M:%S} to {row.until:%Y-%m-%d %H:%M:%S} UTC "
                    f"are not those that were sealed (batch {row.pk}: {row.votes} sealed, {votes} found)"
                )
