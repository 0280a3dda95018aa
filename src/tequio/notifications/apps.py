from typing import Any

from django.apps import AppConfig
from django.db.models import OuterRef
from django.db.models.functions import JSONObject


class NotificationsConfig(AppConfig):
    name = "tequio.notifications"
    label = "notifications"

    def ready(self) -> None:
        from tequio.people.middleware import COMPANIONS, Companion

        from .selectors.pages import unread_rows

        def keep(person: Any, rows: list[dict[str, Any]]) -> None:
            person._unread = len(rows)

        def rows() -> Any:
            return unread_rows(OuterRef("pk")).values(row=JSONObject(id="id"))

        COMPANIONS["notices"] = Companion("notices", rows, keep)
