"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from . import services


@app.task(name="guards.bump_page_version")
def bump_page_version() -> None:
    services.bump_page_version()


@app.periodic(cron="17 3 * * *")
@app.task(name="guards.prune", queueing_lock="guards.prune")
def prune(timestamp: int) -> None:
    services.prune_form_keys()
