from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tequio.organisations"
    label = "organisations"

    def ready(self) -> None:
        from tequio.base.translatable import register
        from tequio.people.middleware import COMPANIONS, Companion

        from .permissions import keep_standing, standing_rows
        from .services.translating import ORGANISATION

        COMPANIONS["organisations"] = Companion(standing_rows, keep_standing)
        register(ORGANISATION)
