"""How allauth's passkeys and authenticator apps name us and the person to her own device."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter


class Passkeys(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        return "Tequio"

    def _get_user_identifier(self, user: Any) -> str:
        """Shown by her own device beside the passkey. No address: others look at the screen too."""
        return user.name or f"Tequio {user.pk}"
