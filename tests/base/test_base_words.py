"""Words, moments, languages: how people's text is cleaned and compared, how a reader is told a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tequio.base import languages, moments
from tequio.base.icons import ICONS
from tequio.base.privacy import Rule
from tequio.base.text import clean_line, clean_text, fold, likeness, render_markdown, shingles


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words \n", "two words"), ("a\x00b\x1fc", "abc"), ("\u202eevil\u2066", "evil"),
        ("cafe\u0301", "café"), ("\u200bzero", "zero"), ("می\u200cخواهم", "می\u200cخواهم"), ("\ufeffx", "x"),
        ("", ""),
    ],
)  # fmt: skip
def test_one_line(typed, kept):
    assert clean_line(typed) == kept


def test_lines_stay_lines():
    assert clean_text("one\r\ntwo\n\nthree") == "one\ntwo\n\nthree"


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_measure(one, other):
    ours, theirs = shingles(one), shingles(other)
    assert likeness(ours, ours) == 1
    assert 0 <= likeness(ours, theirs) == likeness(theirs, ours) <= 1


def test_near_words_are_near():
    pairs = [
        ("Prices must be on the wall.", "prices must be on the WALL"),
        ("Prices must be on the wall.", "Prices should be on the wall"),
        ("Prices must be on the wall.", "Every school needs a garden"),
    ]
    values = [likeness(shingles(one), shingles(other)) for one, other in pairs]
    assert values[0] == 1
    assert all(nearer > farther for nearer, farther in pairwise(values))
    assert fold("¡Jóvenes, AÑO!") == "jovenes ano"


def test_markdown_gives_structure_and_plain_links():
    html = render_markdown("# Head\n\n* one\n* [two](https://example.org)\n\n**bold** <b>raw</b>")
    assert "<h3>Head</h3>" in html
    assert 'href="https://example.org" rel="nofollow noopener ugc"' in html
    assert "<strong>bold</strong>" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//evil.example"]
)
def test_other_links_lead_nowhere(link):
    html = render_markdown(f"[x]({link})")
    assert "javascript" not in html.replace("[x](javascript", "")
    assert 'href="//' not in html
    assert 'href="ftp' not in html


def test_zones_that_are_none_are_utc():
    for name in ("", "America", "../../etc/passwd", "No/Where", "Africa/Lome\x00", "x" * 500):
        assert str(moments.zone(name)) == "UTC"
        assert not moments.is_zone(name)
    assert moments.is_zone("Africa/Lome")


def test_an_hour_that_comes_twice_and_one_that_never_comes():
    autumn = date(2026, 10, 25)
    first = moments.local_moment(autumn, time(2, 30), "Europe/Madrid")
    last = moments.local_moment(autumn, time(2, 30), "Europe/Madrid", last=True)
    assert last.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    with pytest.raises(moments.NoSuchTime) as gap:
        moments.local_moment(date(2026, 3, 29), time(2, 30), "Europe/Madrid")
    assert f"{gap.value.instead:%H:%M}" == "03:30"
    assert moments.local_moment(date(2026, 3, 29), time(2, 30), "America/Mexico_City")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1 March 2021, 20:05"), ("es", "1 de marzo de 2021, 20:05"), ("fr", "1er mars 2021, 20:05")]
)  # fmt: skip
def test_a_moment_in_the_readers_words(language, said):
    assert moments.say_moment(datetime(2021, 3, 1, 20, 5, tzinfo=UTC), "Africa/Lome", language) == said


def test_this_year_is_not_said_and_the_clock_is_the_places():
    now = timezone.now().replace(month=6, day=15, hour=23)
    assert str(now.year) not in moments.say_day(now, "UTC", "en")
    assert moments.say_day(now, "Asia/Tokyo", "en").startswith("16")
    assert moments.say_distance(timezone.now() + timedelta(days=3), "en") == "in 3 days"


def test_names_of_languages():
    with translation.override("es-mx"):
        assert languages.current() == "es"
    assert languages.name_of("eu", "es") == "euskera"
    assert languages.name_of("xx-unknown", "en") == "xx-unknown"
    assert all(languages.own_name(tag) for tag in languages.CONTENT)


def test_icons_are_symbols_with_a_name_and_carry_nothing_else():
    assert {"mark", "ideas", "agree", "disagree", "pass"} <= set(ICONS)
    for name, source in ICONS.items():
        assert source.startswith("<symbol ")
        assert f' id="i-{name}"' in source
        assert "script" not in source
        assert "style=" not in source


def test_a_rule_of_privacy_is_whole():
    with pytest.raises(ValueError, match="unknown rule"):
        Rule(erase="burn")
    with pytest.raises(ValueError, match="needs a reason"):
        Rule(person="author", erase="keep", merge="move")
