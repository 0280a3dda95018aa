from django.apps import AppConfig


class GuardsConfig(AppConfig):
    name = "tequio.guards"
    label = "guards"
