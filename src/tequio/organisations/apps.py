from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tequio.organisations"
    label = "organisations"
