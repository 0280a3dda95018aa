"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from tequio.base.jobs import LONG

from .services import guardians, letters, lists, residence, roles


@app.task(name="people.hash_list", queue=LONG)
def hash_list(pk: int) -> None:
    lists.hash_list(pk)


@app.periodic(cron="12 4 * * *")
@app.task(name="people.nightly", queueing_lock="people.nightly")
def nightly(timestamp: int) -> None:
    """Reminds those whose proof ends soon, and lets go of what is over."""
    residence.remind_residents()
    roles.prune_invitations()
    guardians.prune_guardians()
    letters.prune_letters()
