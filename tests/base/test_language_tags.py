"""Language tags and names: what is one, what is not, how it is written, which way it runs."""

from __future__ import annotations

import pytest
from django import forms

from tequio.base import languages
from tequio.base.fields import validate_multilingual
from tequio.base.forms import LanguageField
from tequio.base.language_tags import NotATag, canonical, direction, is_tag
from tequio.base.multilingual import write_original
from tequio.base.text import fold


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("es", "es"), ("EU", "eu"), ("eng", "en"), ("ger", "de"), ("nah", "nah"), ("kbp", "kbp"), ("yua", "yua"),
        ("iu-cans-ca", "iu-Cans-CA"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("fr_TG", "fr-TG"),
        ("zh-yue", "zh-yue"), ("sl-rozaj-biske", "sl-rozaj-biske"), ("de-1996", "de-1996"),
        ("en-u-ca-gregory", "en-u-ca-gregory"), ("nah-x-Milpa-Alta", "nah-x-milpa-alta"), ("qaa", "qaa"),
    ],
)  # fmt: skip
def test_tags_in_their_usual_spelling(typed, tag):
    assert canonical(typed) == tag
    assert is_tag(tag)


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "english", "xx", "zzy", "und", "zxx", "mul", "es-", "-es", "es--MX", "es-MX-MX-", "e s",
        "de-1996-1996", "en-a-bbb-a-ccc", "es-" + "a" * 40, "ès", "<script>", "es\"onload", "x-private", "en-u",
    ],
)  # fmt: skip
def test_what_is_no_tag(typed):
    with pytest.raises(NotATag):
        canonical(typed)


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ar", "rtl"), ("he", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("eu", "ltr"),
     ("ff-Adlm", "rtl"), ("syr", "rtl"), ("nah", "ltr"), ("nonsense", "ltr")],
)  # fmt: skip
def test_which_way_it_runs(tag, way):
    assert direction(tag) == way


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_every_language_offered_has_a_name_for_every_reader(language):
    choices = languages.content_choices(language, ["kbp", "quc"])
    assert [tag for tag, _name in choices][:2] == ["kbp", "quc"]
    assert len({tag for tag, _name in choices}) == len(choices)
    for tag, name in choices:
        assert fold(name) != tag
        assert is_tag(tag)


def test_names_in_the_readers_language_and_the_speakers():
    assert languages.said_name("nah", "es") == "náhuatl · nāhuatl"
    assert languages.said_name("eu", "en") == "Basque · euskara"
    assert languages.said_name("kbp", "fr") == "kabiyè · kabɩyɛ"
    assert languages.name_of("yua", "es") == "maya yucateco"
    assert languages.name_of("zh-Hant", "en") != languages.name_of("zh", "en")


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("Ewe", "ee"), ("éwé", "ee"), ("euskara", "eu"), ("Maya yucateco", "yua"), ("Kabiyè", "kbp"), ("quc", "quc"),
     ("en", "en"), ("Allemand", "de"), ("zh-hant", "zh-Hant")],
)  # fmt: skip
def test_what_people_type(typed, tag):
    assert languages.find_tag(typed) == tag


class OneForm(forms.Form):
    language = LanguageField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].offer(["ee"])


def test_the_field_takes_the_list_or_another():
    assert OneForm({"language": "ee"}).fields["language"].widget.choices[0][0] == "ee"
    for data, tag in (
        ({"language": "ee"}, "ee"),
        ({"language": "en", "language_other": "quc"}, "quc"),
        ({"language": "en", "language_other": " Wolof "}, "wo"),
    ):
        form = OneForm(data)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["language"] == tag
    wrong = OneForm({"language": "en", "language_other": 'Klingonish "><script>'})
    assert not wrong.is_valid()
    assert "<script>" not in str(wrong["language"])
    assert "Klingonish" in str(wrong["language"]), "what was typed stays"


def test_a_field_with_an_unknown_tag_is_not_kept():
    validate_multilingual(write_original("Kaixo", "eu"))
    with pytest.raises(forms.ValidationError):
        validate_multilingual(write_original("Hello", "xx"))


def test_letters_a_keyboard_lacks_are_found_without_them():
    assert fold("Asi nanɔ gli ŋu") == fold("asi nano gli nu")
    assert fold("Kabɩyɛ") == "kabiye"
    assert fold("Maayaʼ tʼàan") == fold("Maaya' t'aan")
