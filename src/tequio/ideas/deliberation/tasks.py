"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from tequio.base.jobs import LONG

from .services import importing, maps, vote_batches, withdrawing


@app.task(name="deliberation.recompute")
def recompute(pk: int) -> None:
    """Draw the map of conversation `pk` anew. Asked for with a lock, so one at a time per conversation."""
    maps.draw_or_hand_on(pk)


@app.task(name="deliberation.recompute_huge", queue=LONG)
def recompute_huge(pk: int) -> None:
    """The same where it takes many seconds."""
    maps.recompute_map(pk)


@app.task(name="deliberation.follow_consent")
def follow_consent(pk: int) -> None:
    """Person `pk` was merged from two who said different things of her opinions."""
    withdrawing.follow_consent(pk)


@app.task(name="deliberation.import_conversation", queue=LONG)
def import_conversation(pk: int) -> None:
    importing.run_import(pk)


@app.periodic(cron="* * * * * 30")
@app.task(name="deliberation.seal_votes", queueing_lock="deliberation.seal_votes")
def seal_votes(timestamp: int) -> None:
    """Every minute: one digest for each conversation in which answers were given."""
    vote_batches.seal_votes()
