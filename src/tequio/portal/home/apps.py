from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "tequio.portal.home"
    label = "home"
