from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "tequio.ideas.proposals"
    label = "proposals"

    def ready(self) -> None:
        from tequio.base.translatable import register
        from tequio.catalogue.services.screening import WHEN_SHOWN

        from .services.problems import problem_shown
        from .services.proposing import idea_shown
        from .services.translating import IDEA
        from .services.translating_problems import PROBLEM

        WHEN_SHOWN.update(idea=idea_shown, problem=problem_shown)
        register(IDEA, PROBLEM)
