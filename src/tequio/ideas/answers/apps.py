from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "tequio.ideas.answers"
    label = "answers"
