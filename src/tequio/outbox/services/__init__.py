"""Writing what is to be sent, in the transaction that causes it; `delivering` sends it."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import salted_hmac

from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.base.outgoing import Forbidden, check_url

from ..models import Letter, TextMessage, WebhookCall

PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
LONGEST_TEXT = 1_000
LONGEST_URL = 500


def _ask() -> None:
    later("outbox.deliver", once="outbox", alone=False)


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
    _ask()
    return letter


@dataclass(frozen=True)
class Draft:
    """A letter of many. Two with the same `key` are one: whoever writes it twice sends it once."""

    key: uuid.UUID
    to: str
    subject: str
    text: str
    html: str = ""
    stop_url: str = ""
    good_until: datetime | None = None


def write_letters(drafts: Sequence[Draft]) -> None:
    """As `write_letter`, for many at once; those whose key lies in the outbox already are left as they are."""
    for draft in drafts:
        if len(draft.to.splitlines()) != 1 or draft.to != draft.to.strip():
            raise ValueError("an address is one line without spaces around it")
    Letter.objects.bulk_create(
        [
            Letter(
                key=draft.key, to=draft.to, subject=" ".join(draft.subject.split())[:200], text=draft.text,
                html=draft.html, stop_url=draft.stop_url, good_until=draft.good_until,
            )
            for draft in drafts
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if drafts:
        _ask()


def can_send_sms() -> bool:
    """Whether an SMS written here has a way out."""
    return bool(settings.SMS_URL or settings.SMS_FOLDER or settings.IS_DEMO)


def write_text_message(
    *, to: str, text: str, is_secret: bool = False, good_until: datetime | None = None
) -> TextMessage:
    """Put an SMS into the outbox of this transaction. `to` as +22890123456; at most 1,000 characters."""
    if not PHONE.fullmatch(to):
        raise ValueError("a number is written as + and 7 to 15 digits")
    if not text.strip() or len(text) > LONGEST_TEXT or "\0" in text:
        raise ValueError("an SMS has 1 to 1,000 characters")
    message = TextMessage.objects.create(to=to, text=text, is_secret=is_secret, good_until=good_until)
    _ask()
    return message


def write_call(*, receiver: str, url: str, event: str, data: Mapping[str, Any]) -> WebhookCall:
    """Put a webhook into the outbox of this transaction. Raises Refused for an address that may not be asked."""
    if len(url) > LONGEST_URL:
        raise Refused("an address has at most 500 characters", "address")
    try:
        parts = check_url(url)
    except Forbidden as error:
        raise Refused(str(error), "address") from error
    call = WebhookCall.objects.create(
        receiver=receiver, url=url, host=parts.hostname or "", event=event, data=dict(data)
    )
    _ask()
    return call


def webhook_key(receiver: str) -> bytes:
    """The 32 bytes that sign what `receiver` is told. They follow from the secret key and change with it."""
    return salted_hmac("tequio.outbox.webhook", receiver, algorithm="sha256").digest()


def webhook_secret(receiver: str) -> str:
    """The same as the receiver's library wants it: whsec_ and base64. Show it to nobody else."""
    return "whsec_" + base64.b64encode(webhook_key(receiver)).decode()


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend that writes rows, so that libraries' letters wait in the outbox too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html: Any = next((part[0] for part in getattr(message, "alternatives", [])), "")
            for to in message.recipients():
                write_letter(to=to, subject=str(message.subject), text=str(message.body), html=str(html))
        return len(email_messages)
