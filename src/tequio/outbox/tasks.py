"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from . import services


@app.task(name="outbox.deliver")
def deliver() -> None:
    services.deliver_due()


@app.periodic(cron="* * * * *")
@app.task(name="outbox.look", queueing_lock="outbox.look")
def look(timestamp: int) -> None:
    """Whatever became of the job that was asked for: a worker that was killed loses no letter."""
    services.deliver_due()
