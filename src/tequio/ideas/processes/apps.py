from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "tequio.ideas.processes"
    label = "processes"
