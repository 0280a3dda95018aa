from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from door_steps import CODE, JOIN, ask, newest_code, signed_in
from forms import send
from jobs import queue
from tequio.people.models import Person

__all__ = ["come_in", "queue"]


@pytest.fixture
def come_in(client: Client) -> Callable[..., Person]:
    """Through the whole door with one address; joins where it is new."""

    def go(email: str, browser: Client | None = None, **about: str) -> Person:
        browser = browser or client
        assert ask(browser, email).status_code == 302
        answer = send(browser, CODE, {"code": newest_code(email)})
        if answer["Location"] == JOIN:
            answer = send(browser, JOIN, {"name": "", "language": "en", "year_of_birth": "", **about})
        assert answer.status_code == 302
        return Person.objects.get(pk=signed_in(browser))

    return go
