"""Handing one message to the outside: SMTP, or a folder of .eml files."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as Smtp


class Undeliverable(Exception):
    """The other side did not take it; it will be tried again."""


def build_message(key: str, to: str, subject: str, text: str, html: str = "") -> EmailMessage:
    """An e-mail whose headers cannot be broken out of: line breaks in them are refused by the library."""
    message = EmailMessage()
    message["Message-ID"] = f"<{key}@{settings.PUBLIC_HOST}>"
    message["Date"] = formatdate()
    message["From"] = settings.DEFAULT_FROM_EMAIL
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def send_by_smtp(message: EmailMessage) -> None:
    connection = Smtp(fail_silently=False)
    try:
        connection.open()
        assert connection.connection is not None
        connection.connection.send_message(message)
    except OSError as error:
        raise Undeliverable(type(error).__name__) from error
    finally:
        connection.close()


def send_to_folder(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").split("@")[0]
    (folder / f"{name}.eml").write_bytes(message.as_bytes())
