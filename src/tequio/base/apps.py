from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "tequio.base"
    label = "base"
