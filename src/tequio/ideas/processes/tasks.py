"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import team, turning


@app.task(name="processes.turn_one")
def turn_one(pk: int) -> None:
    """What the phases of process `pk` open today is written to its items."""
    turning.turn([pk])


@app.periodic(cron="* * * * * 10")
@app.task(name="processes.turn", queueing_lock="processes.turn")
def turn(timestamp: int) -> None:
    """Every minute: the same for every process whose phases may have changed."""
    turning.turn_phases()


@app.periodic(cron="23 4 * * *")
@app.task(name="processes.prune", queueing_lock="processes.prune")
def prune(timestamp: int) -> None:
    team.prune_invitations()
