from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "tequio.ideas.proposals"
    label = "proposals"
