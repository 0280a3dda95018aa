"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from tequio.base.jobs import LONG

from .services import bulk, reminding


@app.task(name="answers.send_batch", queue=LONG)
def send_batch(pk: int) -> None:
    """Give the answers of batch `pk`, one by one."""
    bulk.run_batch(pk)


@app.periodic(cron="17 * * * *")
@app.task(name="answers.remind", queueing_lock="answers.remind", lock="answers.remind")
def remind(timestamp: int) -> None:
    """Every hour, for in some place a day begins. What was told is not told again."""
    reminding.remind()
