"""Differences of texts: true to both, readable, folded, bounded in time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.base.word_diff import ADDED, REMOVED, SAME, Budget, paragraphs, pieces

texts = st.text(alphabet="ab, \n道é", max_size=40)


def side(parts, left_out):
    return "".join(one.text for one in parts if one.kind != left_out)


@given(texts, texts)
def test_both_texts_can_be_read_off(before, after):
    found = pieces(before, after)
    assert side(found, ADDED) == before
    assert side(found, REMOVED) == after


@given(texts, texts)
def test_without_steps_it_is_coarse_and_true(before, after):
    found = pieces(before, after, Budget(steps=0))
    assert side(found, ADDED) == before
    assert side(found, REMOVED) == after


@given(texts)
def test_nothing_changed(text):
    assert all(one.kind == SAME for one in pieces(text, text))
    assert all(one.unchanged for one in paragraphs(text, text))


def test_a_phrase_is_replaced_as_a_whole():
    found = [(one.kind, one.text) for one in pieces("the big fast car", "a small slow car")]
    assert found == [(REMOVED, "the big fast"), (ADDED, "a small slow"), (SAME, " car")]


def test_unchanged_paragraphs_are_counted():
    before = "One.\n\nTwo.\n\nThree.\n\nFour."
    found = paragraphs(before, before.replace("Three", "Drei"))
    assert [one.unchanged for one in found] == [2, 0, 1]
    assert [one.kind for one in found[1].pieces] == [REMOVED, ADDED, SAME]


def test_scripts_without_spaces_are_compared_letter_by_letter():
    found = [(one.kind, one.text) for one in pieces("我要水", "我要電")]
    assert found == [(SAME, "我要"), (REMOVED, "水"), (ADDED, "電")]


dice = random.Random(7)
HOSTILE = [
    ("a " * 10_000, "b " * 10_000),
    ("a b " * 5_000, "b a c " * 3_300),
    ("!" * 20_000, "?!" * 10_000),
    ("\n" * 20_000, "\na" * 10_000),
    (" ".join(dice.choices("ab", k=10_000)), " ".join(dice.choices("ab", k=10_000))),
    ("x" * 20_000, "x" * 19_999 + "y"),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_twenty_thousand_letters_take_bounded_time(number):
    before, after = HOSTILE[number]
    begun = time.process_time()
    paragraphs(before, after)
    assert time.process_time() - begun < 2.0


def test_small_changes_in_a_long_text_are_found_word_by_word():
    words = [str(number) for number in range(3_500)]
    other = words.copy()
    other[3], other[3_400] = "three", "many"
    assert [one.text for one in pieces(" ".join(words), " ".join(other)) if one.kind == ADDED] == [
        "three",
        "many",
    ]
