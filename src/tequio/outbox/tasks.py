from procrastinate.contrib.django import app

from . import services


@app.task(name="outbox.deliver", retry=True)
def deliver() -> None:
    services.deliver_due()
