"""Who asks: the key of a program, or the public. Cookies count for nothing here."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tequio.base.api import Problem
from tequio.guards.services import spend_quietly
from tequio.guards.views import network_of
from tequio.people.models import Person

from ..models import ProgramKey
from ..selectors.keys import key_of
from ..services.keys import note_use

MINUTES = 5
WAIT_SECONDS = 60


@dataclass(frozen=True)
class KeyGrant:
    """What one key opens, for the operations of all flats."""

    key: ProgramKey

    @property
    def person(self) -> Person:
        return self.key.person

    @property
    def audit_id(self) -> str:
        return self.key.audit_id

    def allows(self, scope: str) -> bool:
        return scope in self.key.scopes


def granted(request: HttpRequest) -> KeyGrant | None:
    """What the key of this request opens; None for the public."""
    grant: KeyGrant | None = request.grant  # type: ignore[attr-defined]  # set by `enter`
    return grant


def enter(request: HttpRequest) -> bool:
    """Sets `request.grant`: what a key opens, or None for the public. Raises Problem for a bad key or too many."""
    grant = _grant_of(request)
    # Fields of ours on Django's request, read through `granted` and `who`.
    request.grant = grant  # type: ignore[attr-defined]
    request.person = grant.person if grant else None  # type: ignore[attr-defined]
    who = grant.audit_id if grant else f"network:{network_of(request)}"
    limit = settings.API_LIMIT_KEY if grant else settings.API_LIMIT_PUBLIC
    if not spend_quietly("api", who=who, limit=limit, seconds=MINUTES * 60):
        words = _("That was very often in a short time. Please wait a little and try again.")
        raise Problem(429, "too_often", words, wait_seconds=WAIT_SECONDS)
    if grant:
        note_use(grant.key)
    return True


def _grant_of(request: HttpRequest) -> KeyGrant | None:
    said = request.headers.get("Authorization")
    if said is None:
        return None
    word, _space, secret = said.partition(" ")
    key = key_of(secret.strip()) if word.lower() == "bearer" else None
    if key is None:
        raise Problem(401, "key", _("This key is not known here, or not good any more."))
    return KeyGrant(key)
