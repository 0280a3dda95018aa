"""Texts in several languages: who reads which, what is stale, what an editor leaves behind."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tequio.base.fields import validate_multilingual
from tequio.base.multilingual import (
    add_translation,
    all_texts,
    change_original,
    digest,
    original_language,
    original_text,
    read,
    revise,
    write_original,
)

TAGS = st.sampled_from(["es", "en", "fr", "eu", "es-MX", "nah"])
TEXTS = st.text(min_size=1, max_size=30)


def test_readers_get_their_language_else_the_original():
    field = add_translation(write_original("Hola", "es"), "en", "Hello", by="Mina")
    assert read(field, "en").text == "Hello"
    assert read(field, "en").translator == "Mina"
    assert read(field, "en-GB").text == "Hello"
    assert (read(field, "fr").text, read(field, "fr").language) == ("Hola", "es")
    assert not read(field, "fr").is_translation
    assert read(field, "en").is_translation


def test_the_nearest_tag_comes_first():
    field = add_translation(write_original("Hola", "es"), "es-MX", "Quiubo")
    assert read(field, "es-MX").text == "Quiubo"
    assert read(field, "es-AR").text == "Hola"


def test_nothing_is_nothing_in_every_language():
    reading = read({}, "fr")
    assert not reading
    assert (reading.text, reading.language, original_language({}), original_text({})) == ("", "fr", "", "")


def test_changing_the_original_makes_translations_stale_and_back():
    field = add_translation(write_original("Hola", "es"), "en", "Hello")
    assert not read(field, "en").is_stale
    changed = change_original(field, "Buenas")
    assert read(changed, "en").is_stale
    assert not read(changed, "es").is_stale
    assert not read(change_original(changed, "Hola"), "en").is_stale


def test_a_translator_who_started_from_older_words_is_told():
    field = write_original("Buenas", "es")
    assert read(add_translation(field, "en", "Hello", of=digest("Hola")), "en").is_stale


def test_machine_translations_are_marked():
    assert (
        read(add_translation(write_original("Hola", "es"), "en", "Hello", machine=True), "en").status
        == "machine"
    )


def test_an_editor_keeps_what_she_did_not_touch():
    field = add_translation(write_original("Hola", "es", "Ana"), "en", "Hello", by="Mina")
    same = revise(field, "es", "Hola", {"en": "Hello"}, by="Eve")
    assert (same["es"]["by"], same["en"]["by"]) == ("Ana", "Mina")
    emptied = revise(field, "es", "Hola", {"en": ""}, by="Eve")
    assert list(emptied) == ["es"]
    assert revise(field, "es", "", {"en": "Hello"}) == {}
    stale = revise(field, "es", "Buenas", {"en": "Hello"}, by="Eve")
    assert read(stale, "en").is_stale


@given(TAGS, TEXTS, st.dictionaries(TAGS, TEXTS, max_size=4), TAGS)
def test_every_field_made_by_us_is_well_formed(tag, text, translations, reader):
    field = write_original(text, tag)
    for language, words in translations.items():
        if language != tag:
            field = add_translation(field, language, words)
    validate_multilingual(field)
    assert read(field, reader).text in all_texts(field)
    assert original_text(field) == text
    revised = revise(field, tag, text, translations)
    validate_multilingual(revised)
    assert original_language(revised) == tag


@pytest.mark.parametrize(
    "field",
    [
        [], "words", {"en": "words"}, {"en": {"text": "x", "status": "guess"}}, {"!": {"text": "x", "status": "original"}},
        {"en": {"text": "x", "status": "human"}},
        {"en": {"text": "x", "status": "original"}, "es": {"text": "x", "status": "original"}},
    ],
)  # fmt: skip
def test_what_is_no_text_in_several_languages(field):
    with pytest.raises(ValidationError):
        validate_multilingual(field)
