"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services.inviting import prune_invitations


@app.periodic(cron="41 3 * * *")
@app.task(name="organisations.prune_invitations", queueing_lock="organisations.prune_invitations")
def prune(timestamp: int) -> None:
    prune_invitations()
