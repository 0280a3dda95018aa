from django.apps import AppConfig


class MeConfig(AppConfig):
    name = "tequio.portal.me"
    label = "me"
