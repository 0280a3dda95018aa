"""A real conversation, one of our own, and how crowds come to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from exports import shared_data
from people import words
from tequio.base.actor import SYSTEM
from tequio.ideas.deliberation.importers import import_folder
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.crowds import VoteArrays, take_in_participants, take_in_votes
from tequio.people.models import Person
from tequio.territories.models import Territory

Comes = Callable[..., list[int]]


@pytest.fixture
def real_talk(lome: Territory) -> Conversation:
    folder: Path = shared_data() / "polis" / "vtaiwan.uberx"
    if not folder.is_dir():
        pytest.skip("no real data: vtaiwan.uberx is not under TEQUIO_SHARED_DATA or ../shared/data")
    return import_folder(folder, territory=lome, language="zh", by=SYSTEM)


@pytest.fixture
def come() -> Comes:
    """Let `table` int8[people, statements] (2 for no answer) arrive evenly within the minutes after a moment."""

    def arrive(talk: Conversation, table: np.ndarray, at: datetime, minutes: float = 10) -> list[int]:
        step = timedelta(minutes=minutes) / max(1, len(table))
        people = take_in_participants(talk, [at + step * n for n in range(len(table))], by=SYSTEM)
        statements = np.array(talk.statements.order_by("number").values_list("pk", flat=True), np.int64)
        row, column = np.nonzero(table != 2)
        arrays = VoteArrays(
            np.array(people, np.int64)[row], statements[column], table[row, column].astype(np.int8),
            np.zeros(len(row), bool), np.full(len(row), int(at.timestamp() * 1e6), np.int64),
        )  # fmt: skip
        take_in_votes(talk, arrays, by=SYSTEM)
        return people

    return arrive


@pytest.fixture
def talk(alice: Person, lome: Territory) -> Conversation:
    """An open conversation of fifteen statements without answers."""
    plan = Plan(
        question=words("How do we light our streets?"), background=words("It is dark."), languages=["en"]
    )
    seeds = [words(f"Street number {number} needs a lamp of its own.") for number in range(15)]
    return open_conversation(plan, territory=lome, seeds=seeds, by=alice)
