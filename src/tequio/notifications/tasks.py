"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import digests, roles, telling, watching


@app.task(name="notifications.tell_followers")
def tell_followers(pk: int) -> None:
    """Tell all who follow what announcement `pk` is about."""
    telling.tell_followers(pk)


@app.task(name="notifications.tell_of_role")
def tell_of_role(pk: int) -> None:
    """Tell a person that she was given role `pk`."""
    roles.tell_of_role(pk)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.take_up_again", queueing_lock="notifications.take_up_again")
def take_up_again(timestamp: int) -> None:
    """Announcements that fell due, and those of a worker that was killed."""
    watching.take_up_again()


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="notifications.send_digests", queueing_lock="notifications.digests", lock="notifications.digests"
)
def send_digests(timestamp: int) -> None:
    digests.send_due_digests()


@app.periodic(cron="7,37 * * * *")
@app.task(name="notifications.watch_clock", queueing_lock="notifications.watch_clock")
def watch_clock(timestamp: int) -> None:
    """What closes soon and what is over."""
    watching.watch_clock()


@app.periodic(cron="41 3 * * *")
@app.task(name="notifications.prune", queueing_lock="notifications.prune")
def prune(timestamp: int) -> None:
    watching.prune()
