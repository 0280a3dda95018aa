"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from . import services


@app.periodic(cron="41 3 * * *")
@app.task(name="files.prune", queueing_lock="files.prune")
def prune(timestamp: int) -> None:
    services.prune_orphans()
