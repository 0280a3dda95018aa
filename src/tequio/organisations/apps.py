from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tequio.organisations"
    label = "organisations"

    def ready(self) -> None:
        from tequio.people.middleware import COMPANIONS, Companion

        from .permissions import keep_standing, standing_rows

        COMPANIONS["organisations"] = Companion("organisations", standing_rows, keep_standing)
