from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "tequio.ideas.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        from tequio.base.translatable import register

        from .services.translating import ANSWER, CONVERSATION, STATEMENT

        register(CONVERSATION, STATEMENT, ANSWER)
