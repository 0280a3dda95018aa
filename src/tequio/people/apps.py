from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tequio.people"
    label = "people"
