"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from .services import importing


@app.task(name="deliberation.import_conversation")
def import_conversation(pk: int) -> None:
    importing.run_import(pk)
