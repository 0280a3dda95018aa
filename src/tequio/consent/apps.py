from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "tequio.consent"
    label = "consent"
