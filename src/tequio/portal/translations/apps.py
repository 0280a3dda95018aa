from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "tequio.portal.translations"
    label = "translations"
