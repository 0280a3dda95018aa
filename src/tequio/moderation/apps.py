from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "tequio.moderation"
    label = "moderation"
