from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "tequio.ideas.processes"
    label = "processes"

    def ready(self) -> None:
        from tequio.base.translatable import register

        from .services.translating import PROCESS, STEP

        register(PROCESS, STEP)
