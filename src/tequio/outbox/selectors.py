"""What lies in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .enums import Channel
from .models import Letter, TextMessage, WebhookCall

ROWS: dict[Channel, type[Letter] | type[TextMessage] | type[WebhookCall]] = {
    Channel.MAIL: Letter,
    Channel.SMS: TextMessage,
    Channel.WEBHOOK: WebhookCall,
}


def mailbox(limit: int = 50) -> list[Letter]:
    """The newest letters, for the demonstration's mailbox page."""
    return list(Letter.objects.order_by("-written_at")[:limit])


def text_messages(limit: int = 50) -> list[TextMessage]:
    """The newest SMS, for the same page."""
    return list(TextMessage.objects.order_by("-written_at")[:limit])


@dataclass(frozen=True)
class Unsent:
    """One row as an operator sees it: no words, and only so much of the address as tells where it goes."""

    channel: Channel
    pk: int
    where: str
    written_at: datetime
    due_at: datetime
    tries: int
    is_given_up: bool
    trouble: str

    @property
    def name(self) -> str:
        return f"{self.channel}:{self.pk}"


def unsent(limit: int = 200) -> list[Unsent]:
    """What waits or was given up, the oldest first, at most `limit` of each way out."""
    return [
        Unsent(
            channel, row.pk, _where(row), row.written_at, row.due_at, row.tries,
            row.given_up_at is not None, row.trouble,
        )
        for channel, rows in ROWS.items()
        for row in rows._default_manager.filter(sent_at=None).order_by("written_at", "pk")[:limit]
    ]  # fmt: skip


def _where(row: Letter | TextMessage | WebhookCall) -> str:
    if isinstance(row, Letter):
        return "…@" + row.to.rpartition("@")[2]
    return f"{row.to[:4]}…" if isinstance(row, TextMessage) else row.host


def how_many() -> dict[Channel, tuple[int, int]]:
    """(waiting, given up) of each way out."""
    return {
        channel: (
            rows._default_manager.filter(sent_at=None, given_up_at=None).count(),
            rows._default_manager.filter(sent_at=None).exclude(given_up_at=None).count(),
        )
        for channel, rows in ROWS.items()
    }
