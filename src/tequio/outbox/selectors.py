"""What lies in the mailbox of the demonstration."""

from __future__ import annotations

from .models import Letter


def mailbox(limit: int = 50) -> list[Letter]:
    """The newest letters, for the demonstration's mailbox page."""
    return list(Letter.objects.order_by("-written_at")[:limit])
