"""What `tequio verify` asks of the installation as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings


def no_demonstration_in_public() -> Iterator[str]:
    """The mailbox of a demonstration shows everybody's codes: it must not stand under a public name."""
    if settings.IS_DEMO and settings.PUBLIC_HOSTS:
        hosts = ", ".join(settings.PUBLIC_HOSTS)
        yield f"this is a demonstration and it is open to the world as {hosts}: anybody can sign in as anybody"
