from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tequio.portal.search"
    label = "search"
