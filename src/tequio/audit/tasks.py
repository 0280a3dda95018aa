"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import sealing


@app.periodic(cron="* * * * * */5")
@app.task(name="audit.seal", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Every five seconds; one that finds another at work goes away."""
    sealing.seal()


@app.periodic(cron="41 3 * * *")
@app.task(name="audit.anchor", queueing_lock="audit.anchor")
def anchor(timestamp: int) -> None:
    sealing.anchor()
