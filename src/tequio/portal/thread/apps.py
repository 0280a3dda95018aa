from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "tequio.portal.thread"
    label = "thread"

    def ready(self) -> None:
        from tequio.catalogue.types import WAYS

        from .services.ways import CARRIES

        WAYS.update({(one.way.source, one.way.to): one.way for one in CARRIES})
