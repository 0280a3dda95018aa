from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "tequio.ideas.blueprints"
    label = "blueprints"
