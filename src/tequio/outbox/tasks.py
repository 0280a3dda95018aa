"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import delivering


@app.task(name="outbox.deliver")
def deliver() -> None:
    delivering.deliver_due()


@app.periodic(cron="* * * * *")
@app.task(name="outbox.look", queueing_lock="outbox.look")
def look(timestamp: int) -> None:
    """Whatever became of the job that was asked for: a worker that was killed loses no letter."""
    delivering.deliver_due()


@app.periodic(cron="23 3 * * *")
@app.task(name="outbox.prune", queueing_lock="outbox.prune")
def prune(timestamp: int) -> None:
    delivering.prune()
