from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "tequio.ideas.deliberation"
    label = "deliberation"
