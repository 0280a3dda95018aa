"""The chain itself, without a database: whatever is done to a row or a link is named, and nothing else is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.base.chain import START, Broken, Fault, Sealed, faults, hashes, next_hash

Links = list[Sealed]


def make(number: int) -> Links:
    contents = [f"content {place}" for place in range(1, number + 1)]
    return [
        Sealed(place, f"row {place}", content, made)
        for place, (content, made) in enumerate(zip(contents, hashes(START, contents), strict=True), 1)
    ]


def change(links: Links, place: int, content: str | None = "other") -> None:
    old = links[place]
    links[place] = Sealed(old.seq, old.name, content, old.hash)


def rehash(links: Links, place: int) -> None:
    old = links[place]
    links[place] = Sealed(old.seq, old.name, old.content, "f" * 64)


def swap(links: Links, one: int, other: int) -> None:
    left, right = links[one].content, links[other].content
    change(links, one, right)
    change(links, other, left)


def test_the_formula_is_the_published_one() -> None:
    assert next_hash(START, "a") == hashlib.sha256(("0" * 64 + "\n" + "a").encode()).hexdigest()


def test_nothing_is_found_where_nothing_was_done() -> None:
    assert list(faults(make(0))) == []
    assert list(faults(make(7))) == []


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda links: change(links, 2), [Fault(Broken.CHANGED, 3, "row 3")]),
        (lambda links: change(links, 6), [Fault(Broken.CHANGED, 7, "row 7")]),
        (lambda links: change(links, 2, None), [Fault(Broken.REMOVED, 3, "row 3")]),
        (lambda links: rehash(links, 2), [Fault(Broken.LINK_CHANGED, 3, "row 3")]),
        (lambda links: links.pop(2), [Fault(Broken.LINK_REMOVED, 3)]),
        (lambda links: links.pop(0), [Fault(Broken.LINK_REMOVED, 1)]),
        (lambda links: swap(links, 1, 5), [Fault(Broken.SWAPPED, 2, "row 2", "row 6")]),
        (lambda links: swap(links, 1, 2), [Fault(Broken.SWAPPED, 2, "row 2", "row 3")]),
        (
            lambda links: (change(links, 1), change(links, 2)),
            [Fault(Broken.CHANGED, 2, "row 2"), Fault(Broken.CHANGED, 3, "row 3")],
        ),
        (
            lambda links: (change(links, 4), links.pop(2), change(links, 0)),
            [Fault(Broken.LINK_REMOVED, 3), Fault(Broken.CHANGED, 1, "row 1"), Fault(Broken.CHANGED, 5, "row 5")],
        ),
        # The last link: nothing follows that could tell the row from the link.
        (lambda links: rehash(links, 6), [Fault(Broken.CHANGED, 7, "row 7")]),
        # A changed row before a removed link.
        (
            lambda links: (change(links, 1), links.pop(2)),
            [Fault(Broken.LINK_REMOVED, 3), Fault(Broken.CHANGED, 2, "row 2")],
        ),
        (
            lambda links: (change(links, 1), change(links, 2, None)),
            [Fault(Broken.REMOVED, 3, "row 3"), Fault(Broken.CHANGED, 2, "row 2")],
        ),
    ],
)  # fmt: skip
def test_what_was_done_is_named(tamper: Callable[[Links], object], found: list[Fault]) -> None:
    links = make(7)
    tamper(links)
    assert list(faults(links)) == found


@given(st.integers(1, 30), st.data())
def test_each_changed_row_is_named_and_no_other(number: int, data: st.DataObject) -> None:
    links = make(number)
    places = data.draw(st.sets(st.integers(0, number - 1)))
    for place in places:
        change(links, place, f"other {place}")
    assert {fault.seq for fault in faults(links)} == {place + 1 for place in places}


def test_two_pairs_are_two_swaps() -> None:
    links = make(7)
    swap(links, 0, 6)
    swap(links, 2, 4)
    assert {(fault.name, fault.other) for fault in faults(links)} == {("row 1", "row 7"), ("row 3", "row 5")}
