"""Names of jobs; each calls a service."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from . import services


@app.task(name="guards.bump_page_version")
def bump_page_version() -> None:
    services.bump_page_version()


@app.periodic(cron="17 3 * * *")
@app.task(name="guards.prune", queueing_lock="guards.prune")
def prune(timestamp: int) -> None:
    services.prune_form_keys()


@app.periodic(cron="* * * * *")
@app.task(name="guards.take_up_again", queueing_lock="guards.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """The jobs of a worker that was killed: they count as running for ever and hold their locks.

    Where another of the same name waits already, that one does the work and the dead one gives way.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
