from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "tequio.territories"
    label = "territories"
