"""How alike two texts are: golden values, computed by hand, and what must hold of any two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.algorithms.alike import compare, read_text
from tequio.base.text import fold

TEXTS = st.text(alphabet="abc de\n", max_size=40).map(fold)


def test_trigrams_of_titles():
    # "cat": {"  c", " ca", "cat", "at "}; "cats": {"  c", " ca", "cat", "ats", "ts "}; shared 3 of 6
    near = compare(read_text("cat", ""), read_text("cats", ""))
    assert near.title == 0.5


def test_words_by_their_beginnings():
    # {"shade", "market", "trees"} and {"shades", "market"}: "shade" is not "shades"; 1 / sqrt(3 * 2)
    near = compare(read_text("shade", "market trees"), read_text("shades", "markets"))
    assert near.words == pytest.approx(1 / 6**0.5)


def test_words_that_say_nothing_do_not_count():
    one, other = (
        read_text("el parque de la plaza", "que es para los vecinos"),
        read_text("parque plaza", "vecinos"),
    )
    near = compare(one, other)
    assert (near.title, near.words) == (1.0, pytest.approx(1.0))
    assert read_text("de la", "").title  # a title of such words alone is still compared


def test_nothing_is_like_nothing():
    near = compare(read_text("", ""), read_text("", ""))
    assert (near.title, near.words) == (0.0, 0.0)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_between_0_and_1_and_the_same_both_ways(title: str, body: str, other: str, more: str):
    one, two = read_text(title, body), read_text(other, more)
    near = compare(one, two)
    assert 0 <= near.title <= 1
    assert 0 <= near.words <= 1 + 1e-9
    assert near == compare(two, one)
    if one.title:
        assert compare(one, one).title == 1
