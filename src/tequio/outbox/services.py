"""Writing letters and delivering them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tequio.base.jobs import later

from .adapters import mail
from .enums import Outcome
from .models import Letter

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=3)
SLEEP_SECONDS = 60
BATCH = 50


def write_letter(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    is_secret: bool = False,
    good_until: datetime | None = None,
) -> Letter:
    """Put a letter into the outbox of this transaction; rolled back means never sent.

    A secret letter's words are erased once it is sent; after `good_until` it is not sent any more.
    """
    if len(to.splitlines()) != 1 or to != to.strip():
        raise ValueError("an address is one line without spaces around it")
    letter = Letter.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        is_secret=is_secret,
        good_until=good_until,
    )
    later("outbox.deliver", once="outbox", alone=False)
    return letter


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend that writes rows, so that libraries' letters wait in the outbox too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html: Any = next((part[0] for part in getattr(message, "alternatives", [])), "")
            for to in message.recipients():
                write_letter(to=to, subject=str(message.subject), text=str(message.body), html=str(html))
        return len(email_messages)


def waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None, given_up_at=None)


def deliver_due() -> int:
    """Send what is due, oldest first; what fails waits longer each time. Returns how many went out.

    While the server is away one letter a round knocks at its door, and the others keep their turn.
    """
    due = waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    sent = 0
    is_away = False
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        outcome = deliver_letter(pk)
        sent += outcome == Outcome.SENT
        if outcome == Outcome.SERVER_AWAY:
            is_away = True
            break
    _come_back(FIRST_WAIT if is_away else timedelta(seconds=1))
    return sent


def _come_back(soonest: timedelta) -> None:
    """Ask for the next round under a name of its own, so that a new letter does not wait for it.

    It never sleeps longer than a minute: a letter that falls due earlier than the others is then not late.
    """
    next_due = waiting().order_by("due_at").values_list("due_at", flat=True).first()
    if next_due is None:
        return
    wait = max(soonest, next_due - timezone.now()).total_seconds()
    later("outbox.deliver", once="outbox-again", alone=False, in_seconds=min(SLEEP_SECONDS, int(wait) + 1))


@transaction.atomic
def deliver_letter(pk: int) -> Outcome:
    """Try one letter under its row lock; a second worker passes by.

    Killed between the server's yes and the commit, the letter is sent once more with the same Message-ID.
    """
    letter = waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if letter is None:
        return Outcome.NOT_MINE
    outcome = _try(letter)
    if outcome in (Outcome.SENT, Outcome.GIVEN_UP) and letter.is_secret and not settings.IS_DEMO:
        letter.text = letter.html = ""
    letter.save()
    return outcome


def _try(letter: Letter) -> Outcome:
    now = timezone.now()
    if letter.good_until is not None and letter.good_until <= now:
        return _give_up(letter, "too late: nobody could use it any more")
    letter.tries += 1
    try:
        _hand_over(letter)
    except mail.NeverDeliverable as trouble:
        return _give_up(letter, str(trouble))
    except mail.Undeliverable as trouble:
        if now - letter.written_at > GIVE_UP_AFTER:
            return _give_up(letter, str(trouble))
        is_away = isinstance(trouble, mail.ServerAway)
        letter.trouble = str(trouble)[:300]
        letter.due_at = now + _wait(letter.tries, LONGEST_WAIT_FOR_SERVER if is_away else LONGEST_WAIT)
        return Outcome.SERVER_AWAY if is_away else Outcome.WAITS
    letter.sent_at, letter.trouble = timezone.now(), ""
    return Outcome.SENT


def _give_up(letter: Letter, why: str) -> Outcome:
    letter.given_up_at, letter.trouble = timezone.now(), why[:300]
    return Outcome.GIVEN_UP


def _wait(tries: int, longest: timedelta) -> timedelta:
    """10 s, 20 s, 40 s … up to `longest`."""
    doublings: int = min(tries - 1, 16)
    return min(longest, FIRST_WAIT * 2**doublings)


def _hand_over(letter: Letter) -> None:
    """In the demonstration the letter stays here, for the mailbox page to show."""
    if settings.IS_DEMO:
        return
    message = mail.build_message(
        str(letter.key), letter.to, letter.subject, letter.text, letter.html, written_at=letter.written_at
    )
    if settings.MAIL_FOLDER:
        mail.send_to_folder(message, Path(settings.MAIL_FOLDER))
    else:
        mail.send_by_smtp(message, letter.to)
