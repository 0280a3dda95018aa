"""How allauth's passkeys and authenticator apps name us, and how their secrets are kept."""

from __future__ import annotations

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Passkeys(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are locked with the secret key of the site:
    whoever has the table alone, from a backup say, has neither."""

    def _get_site_name(self) -> str:
        return "Tequio"

    def _get_user_identifier(self, user: Any) -> str:
        """Shown by her own device beside the passkey. No address: others look at the screen too."""
        return user.name or f"Tequio {user.pk}"

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _lock().decrypt(encrypted_text.encode()).decode()


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("tequio.door.secrets", "", key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
