"""Statements that wait for a moderator."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.deliberation.services.answering import write_statement
from tequio.people.models import Person


@pytest.fixture
def hold(conversation: Conversation, guest: Person) -> Callable[[str], Statement]:
    def make(text: str = "Masts should be painted by schools.") -> Statement:
        return write_statement(conversation, text, language="en", by=guest)

    return make


@pytest.fixture
def held(hold: Callable[[str], Statement]) -> Statement:
    return hold("Masts should be painted by schools.")
