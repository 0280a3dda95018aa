"""Names of jobs; each calls a service."""

from procrastinate.contrib.django import app

from tequio.people.services.devices import prune_devices as end_old_sessions

from . import services


@app.periodic(cron="23 * * * *")
@app.task(name="door.prune_codes", queueing_lock="door.prune_codes")
def prune_codes(timestamp: int) -> None:
    services.prune_codes()


@app.periodic(cron="41 3 * * *")
@app.task(name="door.prune_devices", queueing_lock="door.prune_devices")
def prune_devices(timestamp: int) -> None:
    end_old_sessions()
