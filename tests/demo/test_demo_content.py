"""What is written down for the demonstration: complete, within its bounds, in three languages."""

from __future__ import annotations

import pytest

from tequio.base.languages import INTERFACE
from tequio.base.multilingual import read
from tequio.base.text import likeness, shingles
from tequio.ideas.deliberation.demo.content import HELD, OPEN, Talk, Words
from tequio.ideas.deliberation.demo.crowd import make_up
from tequio.ideas.deliberation.demo.loading import TOWNS
from tequio.ideas.deliberation.services.answering import LONGEST
from tequio.people.demo import PEOPLE

TALKS = [talk for town in TOWNS for talk in town.talks]
KEYS = {invented.key for invented in PEOPLE}


def everything_said(talk: Talk) -> list[Words]:
    return [talk.question, talk.summary, talk.background, *(line.words for line in talk.lines)]


def test_four_towns_with_two_conversations_each() -> None:
    assert [len(town.talks) for town in TOWNS] == [2, 2, 2, 2]
    assert sum(len(town.courses) for town in TOWNS) == 2
    assert len({talk.key for talk in TALKS}) == 8


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.key)
def test_a_talk_is_complete(talk: Talk) -> None:
    shown = [line for line in talk.lines if line.state == OPEN]
    assert 14 <= len(shown) <= 26
    assert all(len(line.lean) == len(talk.shares) for line in shown)
    assert all(0 <= lean <= 100 for line in shown for lean in line.lean)
    assert {talk.facilitator, *talk.visitors} <= KEYS
    assert {line.by for line in talk.lines} - {"", "seed"} <= set(talk.visitors)
    for words in (talk.question, talk.summary, talk.background):
        assert set(words.by_language) == set(INTERFACE)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.key)
def test_statements_are_short_translated_and_not_said_twice(talk: Talk) -> None:
    shown = [line.words for line in talk.lines if line.state == OPEN]
    assert all(0 < len(text) <= LONGEST for line in talk.lines for text in line.words.by_language.values())
    complete = [words for words in shown if set(INTERFACE) <= set(words.by_language)]
    assert len(complete) >= len(shown) - 2  # one or two stay as they were written, to show how that looks
    originals = [shingles(words.by_language[words.origin]) for words in shown]
    pairs = [(one, other) for n, one in enumerate(originals) for other in originals[:n]]
    assert max(likeness(one, other) for one, other in pairs) < 0.45


def test_some_are_left_in_their_own_language_and_some_wait() -> None:
    lines = [line for talk in TALKS for line in talk.lines]
    assert sum(len(line.words.by_language) == 1 for line in lines if line.state == OPEN) >= 4
    assert sum(line.state == HELD for line in lines) == 3
    origins = [line.words.origin for line in lines]
    assert [origins.count(tag) for tag in ("eu", "ee", "nah")] == [4, 1, 1]


def test_translations_name_their_translators() -> None:
    names = {invented.name for invented in PEOPLE if invented.role == "translator"}
    for talk in TALKS:
        for words in everything_said(talk):
            field = words.field(talk.translators)
            for language in set(words.by_language) - {words.origin}:
                reading = read(field, language)
                assert reading.translator in names
                assert not reading.is_stale


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.key)
def test_a_crowd_is_the_same_each_time_and_true_to_its_talk(talk: Talk) -> None:
    seconds = 86_400.0 * 3
    crowd, again = make_up(talk, seconds), make_up(talk, seconds)
    assert (crowd.value == again.value).all()
    assert (crowd.person == again.person).all()
    assert set(crowd.person) == set(range(talk.people))
    assert len(set(zip(crowd.person.tolist(), crowd.line.tolist(), strict=True))) == len(crowd.value)
    assert all(talk.lines[line].state == OPEN for line in set(crowd.line.tolist()))
    assert (crowd.after > 0).all()
    assert (crowd.after <= seconds).all()
    assert (crowd.after[1:] >= crowd.after[:-1]).all()
    assert (crowd.after >= crowd.written[crowd.line]).all()
    for visitor in range(len(talk.visitors)):
        assert (crowd.person == visitor).sum() >= 9
    assert set(crowd.value.tolist()) == {-1, 0, 1}


def test_addresses_can_never_be_anybodys() -> None:
    assert len({invented.address for invented in PEOPLE}) == 24
    assert all(invented.address.endswith("@tequio.example") for invented in PEOPLE)
