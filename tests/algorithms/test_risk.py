"""Screening: each sign by itself, the sum, hostile texts, and what it would hold of real conversations."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.algorithms.risk import (
    SIGNS,
    Case,
    Filling,
    Post,
    adds_risk,
    assess,
    links_in,
    signs_of,
    urgency_of,
)

from .real_data import only, plain_rows, real

WEIGHTS = {"first_post": 1.0, "trap": 4.0, "fast": 1.5, "links": 1.0, "copy": 1.0, "shouting": 1.0}
LIMIT = 2.0


def signs(text="Prices have to be on the wall.", **values):
    return signs_of(Post(text, **values), least_seconds=3.0, likeness=0.8)


def held(text="Prices have to be on the wall.", **values):
    return assess(signs(text, **values), WEIGHTS, limit=LIMIT)


def test_a_plain_thought_has_no_sign():
    assert signs(filling=Filling(seconds=40.0)) == dict.fromkeys(SIGNS, 0.0)
    assert held() == assess({}, WEIGHTS, limit=LIMIT)
    assert not held().is_held


def test_a_first_post_alone_does_not_wait():
    found = held(is_first=True, filling=Filling(seconds=9.0))
    assert (found.score, found.is_held, found.reasons) == (1.0, False, ("first_post",))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("See https://example.org/a and http://example.org/b", 2),
        ("Buy at www.cheap-shoes.example now", 1),
        ("cheap-shoes.shop has them", 1),
        ("aa.com bb.com cc.com dd.com ee.com", 3),
        ("The city.It should pay", 0),
        ("Open at 8.30, closed at 17.00, e.g. on Sundays", 0),
        ("Write to the council, not to the mayor", 0),
    ],
)
def test_links_are_counted(text, number):
    assert signs(text)["links"] == number


@pytest.mark.parametrize(
    ("text", "shouts"),
    [
        ("THE CITY SHOULD PAY FOR THE MASTS", 1),
        ("The BBVA and the EU should pay", 0),
        ("OK", 0),
        ("Do it now!!!!", 1),
        ("Do it now!!", 0),
        ("nooooooooo", 1),
        ("聽科技業說 UBER 是跟 GOOGLE 無人車有關 GOOGLE 才不管有無營業執照這件事", 0),
        ("行政院應該開放更多的資料給大家使用謝謝大家", 0),
    ],
)
def test_shouting(text, shouts):
    assert signs(text)["shouting"] == shouts


def test_a_copy_is_nearly_the_same_words():
    text = "The city should pay for the first masts on every school roof this year"
    assert (
        signs(text, recent=("Something else altogether about the trams of the town", text.upper()))["copy"]
        == 1
    )
    assert signs(text, recent=(text.replace("pay", "not pay"),))["copy"] == 0
    assert signs("More trees please", recent=("more trees please",))["copy"] == 0, "many say that and mean it"


def test_faster_than_anybody_writes():
    assert signs(filling=Filling(seconds=2.9))["fast"] == 1
    assert signs(filling=Filling(seconds=3.0))["fast"] == 0
    assert signs(filling=Filling(seconds=None))["fast"] == 0, "not known is not fast"


@pytest.mark.parametrize(
    "values",
    [
        {"filling": Filling(is_trapped=True, seconds=60.0)},
        {"is_first": True, "filling": Filling(seconds=0.4)},
        {"text": "Cheap loans: www.loans.example and bit.ly/x"},
        {
            "text": "Come to the feast of the well on Sunday",
            "is_first": True,
            "recent": ("come to the feast of the WELL on Sunday!",),
        },
        {"text": "Visit www.loans.example today", "is_first": True},
    ],
)
def test_what_waits(values):
    assert held(**values).is_held


def test_reasons_stand_by_weight():
    found = held(
        "BUY AT HTTPS://EXAMPLE.ORG NOW", is_first=True, filling=Filling(is_trapped=True, seconds=0.1)
    )
    assert found.reasons[:2] == ("trap", "fast")
    assert found.score == pytest.approx(8.5)


def test_a_weight_of_nothing_takes_a_sign_out():
    values = signs(filling=Filling(is_trapped=True))
    assert not assess(values, {**WEIGHTS, "trap": 0.0}, limit=LIMIT).is_held


@given(st.text(max_size=400), st.lists(st.text(max_size=200), max_size=4), st.booleans())
def test_any_text_has_signs_within_their_bounds(text, recent, is_first):
    found = signs(text, recent=tuple(recent), is_first=is_first)
    assert tuple(found) == SIGNS
    assert all(math.isfinite(value) and 0 <= value <= 3 for value in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "a " * 10_000,
        "www." * 5_000,
        "http://" * 3_000,
        "!?" * 10_000,
        "a.b-" * 5_000,
        "-" * 20_000,
    ],
)
def test_hostile_texts_take_no_time(text):
    begun = time.process_time()
    signs(text, recent=(text,) * 20)
    assert time.process_time() - begun < 1.0


CONVERSATIONS = [
    "15-per-hour-seattle", "brexit-consensus", "canadian-electoral-reform", "london.youth.policing",
    "scoop-hivemind.freshwater", "scoop-hivemind.taxes", "scoop-hivemind.ubi", "vtaiwan.uberx",
]  # fmt: skip


def replay(name):
    """(accepted, accepted and held, rejected, rejected and held) of a real conversation, comment by comment.

    Each as the first of its author where it is, with the hundred before it as the recent ones.
    """
    rows = plain_rows(only(real("polis", name), "comments.csv"))
    rows.sort(key=lambda row: int(row["timestamp"]))
    authors, recent, numbers = set(), deque(maxlen=100), [0, 0, 0, 0]
    for row in rows:
        is_first = row["author-id"] not in authors
        found = held(row["comment-body"], is_first=is_first, recent=tuple(recent))
        authors.add(row["author-id"])
        recent.append(row["comment-body"])
        rejected = 2 * (int(row["moderated"]) == -1)
        numbers[rejected] += 1
        numbers[rejected + 1] += found.is_held
    return numbers


@pytest.mark.real_data
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_of_what_moderators_accepted_hardly_anything_waits(name):
    accepted, waits, _rejected, _held = replay(name)
    assert accepted > 10
    assert waits <= max(1, 0.01 * accepted)


@pytest.mark.real_data
def test_over_all_conversations_few_wait():
    """Nobody advertised in these; what moderators refused is held more often all the same."""
    accepted, waits, rejected, caught = (
        sum(column) for column in zip(*map(replay, CONVERSATIONS), strict=True)
    )
    assert accepted + rejected > 800
    assert waits <= 0.005 * accepted
    assert caught / rejected > waits / accepted


URGENCY = {"half_reports": 2.0, "half_wait": 24.0}


def test_how_urgent_a_thing_is():
    case = Case(reports=2, by_hand=1, is_grave=True, is_shown=True, risk=0.5, hours=24)
    assert urgency_of(case, **URGENCY) == {
        "grave": 1.0, "reports": 0.5, "shown": 1.0, "by_hand": 1.0, "signs": 0.5, "waiting": 0.5,
    }  # fmt: skip
    assert set(urgency_of(Case(), **URGENCY).values()) == {0.0}


@given(
    st.builds(
        Case, reports=st.integers(0, 10**6), by_hand=st.integers(0, 10**6), is_grave=st.booleans(),
        is_shown=st.booleans(), risk=st.floats(-1e6, 1e6), hours=st.floats(-1e6, 1e6),
    )
)  # fmt: skip
def test_urgency_lies_between_0_and_1_and_grows_with_waiting(case):
    values = urgency_of(case, **URGENCY)
    assert all(0 <= value <= 1 for value in values.values())
    later = urgency_of(replace(case, hours=case.hours + 1), **URGENCY)
    assert later["waiting"] >= values["waiting"]


@pytest.mark.parametrize(
    ("before", "after", "is_added"),
    [
        ("A mast.", "Two masts.", False),
        ("A mast.", "A mast: https://a.example", True),
        ("See https://a.example/one.", "See: HTTPS://A.example/one, please", False),
        ("See https://a.example/one", "See https://a.example/two", True),
        ("See https://a.example and www.b.example", "See www.b.example", False),
        ("A mast.", "A MAST ON EVERY HOUSE OF THE TOWN", True),
        ("A MAST ON EVERY HOUSE OF THE TOWN", "A MAST ON EVERY HOUSE OF THIS TOWN", False),
    ],
)
def test_what_a_change_adds(before: str, after: str, is_added: bool):
    assert adds_risk(signs(before), signs(after), text_before=before, text_after=after) is is_added


def test_a_sign_that_was_there_is_not_new():
    first = signs("A mast.", is_first=True)
    assert not adds_risk(first, first, text_before="A mast.", text_after="A mast.")
    trapped = signs("A mast.", is_first=True, filling=Filling(is_trapped=True))
    assert adds_risk(first, trapped, text_before="A mast.", text_after="A mast.")


def test_links_are_told_apart_by_all_of_them():
    assert links_in("(https://a.example/x?y=1), shop.top and www.b.example!") == {
        "https://a.example/x?y=1", "shop.top", "www.b.example",
    }  # fmt: skip
    assert links_in("no link at all") == frozenset()
    began = time.process_time()
    links_in("https://a" * 3_000)
    assert time.process_time() - began < 2
