from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "tequio.portal.door"
    label = "door"
