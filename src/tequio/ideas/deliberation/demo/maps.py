"""Drawing the opinion maps of the demonstration at once instead of in the worker."""

from __future__ import annotations

from datetime import datetime

from ..models import Conversation
from ..services.answering import ask_for_map


def draw(conversation: Conversation, *, at: datetime) -> None:
    ask_for_map(conversation)
