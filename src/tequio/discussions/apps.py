from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "tequio.discussions"
    label = "discussions"
