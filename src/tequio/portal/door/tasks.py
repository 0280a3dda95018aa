"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from . import services


@app.periodic(cron="23 * * * *")
@app.task(name="door.prune_codes", queueing_lock="door.prune_codes")
def prune_codes(timestamp: int) -> None:
    services.prune_codes()
