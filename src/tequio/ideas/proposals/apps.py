from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "tequio.ideas.proposals"
    label = "proposals"

    def ready(self) -> None:
        from tequio.base.translatable import register

        from .services.translating import IDEA
        from .services.translating_problems import PROBLEM

        register(IDEA, PROBLEM)
