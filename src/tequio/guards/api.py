"""Operations that act once: the caller sends a key of its own with each act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tequio.base.api import Problem

from . import services
from .services import KEY, Sent

HEADER = "Idempotency-Key"


@contextmanager
def once_by_key(request: HttpRequest) -> Iterator[Sent]:
    """A transaction in which the request takes effect at most once for this key of a program and this header.

    `answer` is None the first time; what is put there (ids, no words) comes again when it is repeated.
    """
    key = request.headers.get(HEADER, "")
    if not KEY.match(key):
        raise Problem(
            400, "idempotency_key",
            _("Send a new “Idempotency-Key” with each act: a UUID, and the same one when you repeat it."),
        )  # fmt: skip
    grant = request.grant  # type: ignore[attr-defined]  # set by the API's entry, some floors above
    try:
        with services.once(
            who=hashlib.sha256(grant.audit_id.encode()).hexdigest(), key=key, url=request.path[:500],
            body=hashlib.sha256(request.body).hexdigest(),
        ) as sent:  # fmt: skip
            sent.person = grant.person.audit_id
            yield sent
    except services.InFlight:
        words = _("It is still being saved. Please look again in a moment.")
        raise Problem(409, "in_flight", words, wait_seconds=3) from None
    except services.KeyReused:
        words = _("This key was already used for something else.")
        raise Problem(409, "key_reused", words) from None
