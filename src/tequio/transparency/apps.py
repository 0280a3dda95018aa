from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "tequio.transparency"
    label = "transparency"
