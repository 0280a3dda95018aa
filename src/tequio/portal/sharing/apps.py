from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "tequio.portal.sharing"
    label = "sharing"
