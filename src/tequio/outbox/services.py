"""Writing letters and delivering them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from tequio.base.jobs import later

from .adapters import mail
from .models import Letter

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 50


def write_letter(*, to: str, subject: str, text: str, html: str = "", is_secret: bool = False) -> Letter:
    """Put a letter into the outbox of this transaction; rolled back means never sent."""
    letter = Letter.objects.create(
        to=to, subject=" ".join(subject.split())[:200], text=text, html=html, is_secret=is_secret
    )
    later("outbox.deliver", once="outbox")
    return letter


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend that writes rows, so that libraries' letters wait in the outbox too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html: Any = next((part[0] for part in getattr(message, "alternatives", [])), "")
            for to in message.recipients():
                write_letter(to=to, subject=str(message.subject), text=str(message.body), html=str(html))
        return len(email_messages)


def deliver_due() -> int:
    """Send what is due, oldest first; what fails waits longer each time. Returns how many went out."""
    sent = 0
    for pk in (
        Letter.objects.filter(sent_at=None, due_at__lte=timezone.now())
        .order_by("due_at", "pk")[:BATCH]
        .values_list("pk", flat=True)
    ):
        sent += deliver_letter(pk)
    waiting = Letter.objects.filter(sent_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    if waiting is not None:
        seconds = max(1, int((waiting - timezone.now()).total_seconds()) + 1)
        later("outbox.deliver", once="outbox", in_seconds=seconds)
    return sent


@transaction.atomic
def deliver_letter(pk: int) -> bool:
    """Send one letter under its row lock; a second worker passes by."""
    letter = Letter.objects.select_for_update(skip_locked=True).filter(pk=pk, sent_at=None).first()
    if letter is None:
        return False
    letter.tries += 1
    try:
        _hand_over(letter)
    except (mail.Undeliverable, ValueError) as trouble:
        letter.trouble = str(trouble)[:300]
        letter.due_at = timezone.now() + min(LONGEST_WAIT, FIRST_WAIT * 2 ** (letter.tries - 1))
    else:
        letter.sent_at, letter.trouble = timezone.now(), ""
        if letter.is_secret and not settings.IS_DEMO:
            letter.text = letter.html = ""
    letter.save()
    return letter.sent_at is not None


def _hand_over(letter: Letter) -> None:
    """In the demonstration the letter stays here, for the mailbox page to show."""
    if settings.IS_DEMO:
        return
    message = mail.build_message(str(letter.key), letter.to, letter.subject, letter.text, letter.html)
    if settings.MAIL_FOLDER:
        mail.send_to_folder(message, Path(settings.MAIL_FOLDER))
    else:
        mail.send_by_smtp(message)
