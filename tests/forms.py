"""Sending a form as a browser does: with the key and token of the page it stands on."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client


def key_of(response: HttpResponse) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', response.content.decode())
    assert found, "the page has no form key"
    return found[1]


def send(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """POST with a fresh form key, unless `data` brings one."""
    return client.post(url, {"form_key": uuid.uuid4().hex, **(data or {})}, **extra)
