"""Walking through the door as a browser does."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from forms import send
from tequio.outbox.models import Letter

SIGN_IN, CODE, JOIN = "/en/sign-in/", "/en/sign-in/code/", "/en/sign-in/join/"


def newest_code(to: str) -> str:
    text = Letter.objects.filter(to=to).latest("pk").text
    found = re.search(r"^ {4}(\d{4}) (\d{4})$", text, re.MULTILINE)
    assert found, text
    return found[1] + found[2]


def wrong_code(to: str) -> str:
    return f"{(int(newest_code(to)) + 1) % 10**8:08}"


def ask(client: Client, email: str, **more: str) -> Any:
    return send(client, SIGN_IN, {"address": email, **more})


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")
