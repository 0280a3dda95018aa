from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "tequio.ideas.answers"
    label = "answers"

    def ready(self) -> None:
        from tequio.base.translatable import register

        from .services.translating import ANSWER, MILESTONE, RESULT

        register(ANSWER, RESULT, MILESTONE)
