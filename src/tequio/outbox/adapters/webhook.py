"""Telling another system what happened, signed as Standard Webhooks 1.0 says.

`webhook-signature: v1,` + base64 of HMAC-SHA256(secret, id + "." + timestamp + "." + body); the secret is given
to the receiver as `whsec_` + base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tequio.base.outgoing import Forbidden, Unreachable, send

from .trouble import NeverDeliverable, ServerAway, Undeliverable

GONE = 410
BUSY = (429, 502, 503, 504)


def build_body(event: str, happened_at: datetime, data: Mapping[str, Any]) -> bytes:
    """The same bytes at every try."""
    content = {"type": event, "timestamp": happened_at.isoformat(), "data": data}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(secret: bytes, key: str, seconds: int, body: bytes) -> str:
    signed = hmac.new(secret, f"{key}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()


def call(url: str, *, key: str, secret: bytes, seconds: int, body: bytes) -> None:
    """One POST; `seconds` since 1970 is when it is sent. Raises ServerAway, Undeliverable or NeverDeliverable."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": str(seconds),
        "webhook-signature": sign(secret, key, seconds, body),
    }
    try:
        answer = send("POST", url, headers=headers, body=body)
    except Forbidden as error:
        raise NeverDeliverable(str(error)) from error
    except Unreachable as error:
        raise ServerAway(str(error)) from error
    if answer.status == GONE:
        raise NeverDeliverable("the receiver does not want to be told any more: 410")
    if answer.status in BUSY:
        raise ServerAway(f"the receiver answered {answer.status}")
    if not 200 <= answer.status < 300:
        raise Undeliverable(f"the receiver answered {answer.status}")
