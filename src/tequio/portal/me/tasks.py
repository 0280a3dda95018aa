"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from tequio.base.jobs import LONG

from .services import copying, erasing


@app.task(name="me.copy", queue=LONG)
def copy(pk: int) -> None:
    """Write the copy of somebody's data that row `pk` asks for."""
    copying.write_copy(pk)


@app.task(name="me.erase")
def erase(pk: int) -> None:
    """Erase at once whom row `pk` names."""
    erasing.erase_due(pk)


@app.periodic(cron="7 * * * *")
@app.task(name="me.erase_due", queueing_lock="me.erase_due")
def erase_due(timestamp: int) -> None:
    erasing.erase_due()


@app.periodic(cron="53 3 * * *")
@app.task(name="me.prune", queueing_lock="me.prune")
def prune(timestamp: int) -> None:
    copying.prune_copies()
    erasing.prune_wishes()
