"""A small town's opinions: two camps that agree on repairs and differ on who pays, and some who barely answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest

from jobs import queue
from people import words
from tequio.base.actor import SYSTEM
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.ideas.deliberation.services.crowds import VoteArrays, take_in_participants, take_in_votes

__all__ = ["queue"]

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)

# What the camps of 20 and of 12 answer to each statement; two of three people differ from their camp in one of the
# last six.
STATEMENTS = (
    ("A repair takes at most two days.", 1, 1),
    ("Prices hang on the wall.", 1, 1),
    ("Nobody shows an identity card to read.", 1, 1),
    ("Advertising on the line is fine.", -1, -1),
    ("The line belongs to the block.", 1, -1),
    ("The city pays the first masts.", -1, 1),
    ("Shops may sell the line on.", 1, -1),
    ("Schools come first.", -1, 1),
    ("A line costs one bread a day.", 0, 0),
    ("The fast line is for those who pay.", 1, -1),
)


def take_in(conversation: Conversation, people: list[int], table: np.ndarray) -> None:
    """`table` [people, statements]: 1, 0, -1, or 9 for no answer."""
    statements = np.array(conversation.statements.order_by("number").values_list("pk", flat=True), np.int64)
    row, column = np.nonzero(table != 9)
    count = len(row)
    arrays = VoteArrays(
        np.array(people, np.int64)[row],
        statements[column],
        table[row, column].astype(np.int8),
        np.zeros(count, dtype=bool),
        np.full(count, int(AT.timestamp() * 1e6), np.int64),
    )
    take_in_votes(conversation, arrays, by=SYSTEM)


def opinions(camps: tuple[int, int], barely: int) -> np.ndarray:
    rows = []
    for camp, size in enumerate(camps):
        for person in range(size):
            row = [answers[1 + camp] for answers in STATEMENTS]
            if person % 3:
                odd = 4 + person * 7 % 6
                row[odd] = 0 if person % 2 else (-row[odd] or 1)
            rows.append(row)
    rows += [[1, 1, *[9] * (len(STATEMENTS) - 2)] for _ in range(barely)]
    return np.array(rows)


@pytest.fixture
def town(alice, lome) -> Conversation:
    """The conversation of the two camps, without answers."""
    plan = Plan(
        question=words("How do we get online?", "¿Cómo nos conectamos?"), background=words(""),
        languages=["en", "es"], zone="Africa/Lome", answers_for_it="Adjoa Lawson",
    )  # fmt: skip
    seeds = [
        words(text, "Una reparación tarda dos días." if index == 0 else "")
        for index, (text, _a, _b) in enumerate(STATEMENTS)
    ]
    return open_conversation(plan, territory=lome, seeds=seeds, by=alice)


@pytest.fixture
def fill(town) -> Callable[..., list[int]]:
    """Let people answer: (camps, barely) -> ids of the participants, `persons` being the first of them."""

    def filled(camps: tuple[int, int] = (20, 12), barely: int = 3, persons: tuple = ()) -> list[int]:
        table = opinions(camps, barely)
        people = take_in_participants(town, [AT] * len(table), persons=list(persons), by=SYSTEM)
        take_in(town, people, table)
        return people

    return filled
