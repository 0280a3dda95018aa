"""One writer of a process at a time."""

from __future__ import annotations

from ..models import Process


def lock(pk: int) -> Process:
    """The process as it stands once nobody else writes to it; called inside a service's transaction.

    In two queries: rows joined to a locked one would be those of before the wait.
    """
    Process.objects.select_for_update().only("pk").get(pk=pk)
    return Process.objects.select_related("item__territory").get(pk=pk)
