from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tequio.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tequio.people.middleware import COMPANIONS, Companion

        from .selectors.pages import keep_unread, unread_along

        COMPANIONS["notices"] = Companion(unread_along, keep_unread)
