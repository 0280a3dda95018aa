from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "tequio.discussions"
    label = "discussions"

    def ready(self) -> None:
        from tequio.base.translatable import register

        from .services.translating import COMMENT

        register(COMMENT)
