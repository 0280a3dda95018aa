"""Sending a form as a browser does: with the key and token of the page it stands on."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tequio.people.models import Person
from tequio.people.services.devices import note_device


def open_browser(person: Person | None = None, **options: Any) -> Client:
    """A test client in which the given person is there: member (who came in just now), guest, or None."""
    client = Client(**options)
    if person is None:
        return client
    if person.is_member:
        client.force_login(person)
        note_device(person, client.session.session_key, agent="")
        session = client.session
        session.update({"proved": int(time.time()), "seen": timezone.localdate().isoformat()})
        session.save()
    else:
        session = client.session
        session["guest"] = person.pk
        session.save()
        client.cookies["sessionid"] = session.session_key
    return client


def key_of(response: HttpResponse) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', response.content.decode())
    assert found, "the page has no form key"
    return found[1]


def send(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    """POST with a fresh form key, unless `data` brings one."""
    return client.post(url, {"form_key": uuid.uuid4().hex, **(data or {})}, **extra)


def let_go(response: Any) -> None:
    """Close the files of an answer, as the server does; its `close()` would also end the test's connection."""
    for close in response._resource_closers:
        close()
