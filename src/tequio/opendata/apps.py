from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "tequio.opendata"
    label = "opendata"
