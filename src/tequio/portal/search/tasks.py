"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from . import services


@app.periodic(cron="41 3 * * *")
@app.task(name="search.forget_gaps", queueing_lock="search.forget_gaps")
def forget_gaps(timestamp: int) -> None:
    services.forget_gaps()
