from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tequio.notifications"
    label = "notifications"
