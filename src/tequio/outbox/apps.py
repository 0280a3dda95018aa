from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "tequio.outbox"
    label = "outbox"
