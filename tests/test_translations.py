"""Three languages: nothing left in English, the same placeholders, plain words (the catalogues themselves)."""

from __future__ import annotations

import re

import polib
import pytest

from addresses import has_language, names, path_of
from forms import let_go, open_browser
from house import QUESTION, THOUGHT, House
from markup import Element, read_page
from source import PACKAGE
from tequio.catalogue.models import Item
from tequio.organisations.models import Organisation
from tequio.people.types.ages import LAWS
from turns import part

OTHERS = ("es", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LONGEST_SENTENCE = 20
# Words that are the same in the other language, or names.
SAME = re.compile(
    r"^(Tequio|[A-Z]{2}|[\W\d_]*|.*@.*|(CommonMark|PostgreSQL|Django|Python|GitHub|JSON|CSV|ZIP|Polis)\b.*)$"
)


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(PACKAGE / f"locale/{language}/LC_MESSAGES/django.po"))


def texts(entry: polib.POEntry) -> list[tuple[str, str]]:
    """(original, translation) of an entry, each plural form by itself."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [
        (entry.msgid if form == 0 else entry.msgid_plural, text) for form, text in entry.msgstr_plural.items()
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_everything_is_translated(language: str):
    po = catalogue(language)
    missing = [
        entry.msgid for entry in po if not entry.obsolete and not all(text for _one, text in texts(entry))
    ]
    assert missing == []
    assert [entry.msgid for entry in po.fuzzy_entries()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_placeholders(language: str):
    wrong = []
    for entry in catalogue(language):
        for original, text in texts(entry):
            expected, got = set(PLACEHOLDER.findall(original)), set(PLACEHOLDER.findall(text))
            is_one = entry.msgid_plural and original == entry.msgid
            if (
                text
                and got != expected
                and not (is_one and got <= set(PLACEHOLDER.findall(entry.msgid_plural)))
            ):
                wrong.append((original, text))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_tags_and_edges(language: str):
    wrong = []
    for entry in catalogue(language):
        for original, text in texts(entry):
            tags = [sorted(re.findall(r"</?[a-z]+", words)) for words in (original, text)]
            edges = [words[:1] == "\n" for words in (original, text)] + [
                words[-1:] == "\n" for words in (original, text)
            ]
            if text and (tags[0] != tags[1] or edges[0] != edges[1] or edges[2] != edges[3]):
                wrong.append((original, text))
    assert wrong == []


def test_plain_words_short_sentences():
    long = []
    for entry in catalogue("es"):
        for original in (entry.msgid, entry.msgid_plural):
            for sentence in re.split(r"(?<=[.!?:;])\s+|\n", PLACEHOLDER.sub("x", original)):
                if len(sentence.split()) > LONGEST_SENTENCE:
                    long.append(sentence)
    assert long == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", part(names(), 2))
def test_no_english_is_left_on_a_page(name: str, house: House):
    """A text node that reads the same in English and in the other language, and is one of ours."""
    if not has_language(name, house):
        return
    for role in part(("visitor", "author"), 2):
        client = open_browser(house.person(role))
        english = _own_words(client, path_of(name, house, "en"))
        for language in OTHERS:
            entries = {entry.msgid: entry.msgstr for entry in catalogue(language) if not entry.msgid_plural}
            same = english & _own_words(client, path_of(name, house, language))
            left = {
                words
                for words in same
                if words in entries and entries[words] != words and not SAME.match(words)
            }
            unknown = {words for words in same if words not in entries and len(words.split()) > 3}
            assert left == set(), f"{role} {language}"
            assert {words for words in unknown if not _is_of_people(words, house)} == set(), (
                f"{role} {language}"
            )


def _is_of_people(words: str, house: House) -> bool:
    own = [
        QUESTION,
        THOUGHT,
        "Internet for all",
        house.place.code,
        str(house.place.title),
        "The line is slow.",
        house.secret,
    ]
    own += [said["text"] for title in Item.objects.values_list("title", flat=True) for said in title.values()]
    own += [str(one.title) for one in Organisation.objects.all()] + [law.source for law in LAWS]
    words = words.split(" · ")[0]
    return any(words in text or text in words for text in own) or words in " ".join(own)


def _own_words(client, path: str) -> set[str]:
    response = client.get(path)
    let_go(response)
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return set()
    root, _mistakes = read_page(response.content.decode())
    return {
        " ".join(word.split()) for element in root.all() if _is_ours(element) for word in element.words
    } - {""}


def _is_ours(element: Element) -> bool:
    """Words in another language carry their own `lang`; samples and codes are nobody's language."""
    above: Element | None = element
    while above is not None and above.tag != "html":
        if "lang" in above.attributes or above.tag in ("code", "pre", "textarea", "kbd", "option", "time"):
            return False
        above = above.parent
    return True
