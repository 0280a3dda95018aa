"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import tallying


@app.task(name="discussions.tally")
def tally(pk: int) -> None:
    """Count the discussion of item `pk` anew. Asked for with a lock, so one at a time per item."""
    tallying.tally(pk)
