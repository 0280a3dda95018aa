"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import merging, promising, sealing


@app.periodic(cron="* * * * * 35")
@app.task(name="proposals.seal_supports", queueing_lock="proposals.seal_supports")
def seal_supports(timestamp: int) -> None:
    """Every minute: one digest of what was counted."""
    sealing.seal_supports()


@app.periodic(cron="* * * * * 10")
@app.task(name="proposals.owe_answers", queueing_lock="proposals.owe_answers")
def owe_answers(timestamp: int) -> None:
    """Every minute: ideas that were shown by a moderator, or whose process has promised a day since, are owed an answer."""
    promising.owe_promised()


@app.task(name="proposals.tell_of_joining")
def tell_of_joining(pk: int) -> None:
    """Tell those who supported idea `pk` that it was joined with another."""
    merging.tell_supporters(pk)
