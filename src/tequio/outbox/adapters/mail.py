"""Handing one message to the outside: SMTP, or a folder of .eml files."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from .folder import put_file
from .trouble import NeverDeliverable, ServerAway, Undeliverable

PERMANENT = range(500, 600)
# As long as a line may be: at the usual 78 a long address in a header is encoded, and no mail program reads it.
POLICY = SMTP.clone(max_line_length=998)
SERVICE_CLOSING = 421


def build_message(
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    *,
    written_at: datetime | None = None,
    stop_url: str = "",
) -> EmailMessage:
    """An e-mail to exactly one address, whose headers cannot be broken out of.

    Message-ID follows from `key` alone, so a second delivery is the same message. Raises
    NeverDeliverable for what is not one well-formed address.
    """
    message = EmailMessage(policy=POLICY)
    message["Message-ID"] = f"<{key}@{settings.PUBLIC_HOST}>"
    if written_at is not None:
        message["Date"] = format_datetime(written_at)
    message["From"] = settings.DEFAULT_FROM_EMAIL
    try:
        message["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, MessageError) as error:
        raise NeverDeliverable("not one well-formed address") from error
    message["Subject"] = " ".join(subject.split())
    message["Auto-Submitted"] = "auto-generated"
    if stop_url:  # RFC 8058: the reader's mail program shows a button, and posts without asking anything
        message["List-Unsubscribe"] = f"<{stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send_by_smtp(message: EmailMessage, to: str) -> None:
    """One message over one connection. Raises ServerAway, Undeliverable or NeverDeliverable."""
    backend = EmailBackend(fail_silently=False)
    try:
        backend.open()
        server = backend.connection
        if server is None:
            raise ServerAway("no connection")
        server.send_message(message, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _trouble(code, f"address refused: {code}") from error
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
        code = error.smtp_code
        raise _trouble(code, f"letter refused: {code}") from error
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        raise NeverDeliverable(type(error).__name__) from error
    except OSError as error:
        raise ServerAway(type(error).__name__) from error
    finally:
        backend.close()


def _trouble(code: int, words: str) -> Exception:
    if code == SERVICE_CLOSING:
        return ServerAway(words)
    return NeverDeliverable(words) if code in PERMANENT else Undeliverable(words)


def send_to_folder(message: EmailMessage, folder: Path) -> None:
    name = message["Message-ID"].strip("<>").split("@")[0]
    put_file(folder, f"{name}.eml", message.as_bytes())
