"""The catalogues of translations: found without gettext, and every gap is named."""

import importlib.util
from pathlib import Path
from types import ModuleType

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        'A = _("Vote")\n'
        'B = ngettext("%(count)s vote", "%(count)s votes", 2)\n'
        'C = pgettext("verb", "Open")\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}\n  <h1>{% translate 'Ideas' %}</h1>\n"
        "      <p>{% blocktranslate with name=person.name trimmed %}Hello\n   {{ name }}{% endblocktranslate %}</p>\n"
        "   <p>{% blocktranslate count n=votes %}one voice{% plural %}{{ n }} voices{% endblocktranslate %}\n"
    )
    return tmp_path


def translate(path: Path, words: dict[str, str | list[str]]) -> None:
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        said = words[entry.msgid]
        if isinstance(said, list):
            entry.msgstr_plural = dict(enumerate(said))
        else:
            entry.msgstr = said
    catalogue.save()


GOOD: dict[str, str | list[str]] = {
    "Vote": "Voto",
    "%(count)s vote": ["un voto", "%(count)s votos"],
    "Open": "Abrir",
    "Ideas": "Ideas",
    "Hello %(name)s": "Hola, %(name)s",
    "one voice": ["una voz", "%(n)s voces"],
}


def test_strings_of_code_and_of_templates_are_found(messages: ModuleType, source: Path) -> None:
    messages.update(source)
    found = {entry.msgid for entry in polib.pofile(str(messages.catalogue_path("es", source)))}
    assert found == GOOD.keys()
    assert "Open" in {
        e.msgid for e in polib.pofile(str(messages.catalogue_path("fr", source))) if e.msgctxt == "verb"
    }


def test_a_whole_catalogue_has_no_problem_and_stays_as_it_is(messages: ModuleType, source: Path) -> None:
    messages.update(source)
    for language in ("es", "fr"):
        translate(messages.catalogue_path(language, source), GOOD)
    assert messages.problems(source) == []
    messages.update(source)
    before = messages.catalogue_path("es", source).read_bytes()
    messages.update(source)
    assert messages.catalogue_path("es", source).read_bytes() == before
    assert messages.problems(source) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"Vote": ""}, "not translated: 'Vote'"),
        ({"one voice": ["una voz", ""]}, "not translated: 'one voice'"),
        ({"Hello %(name)s": "Hola"}, "other placeholders or tags: 'Hello %(name)s'"),
        ({"Hello %(name)s": "Hola %(nombre)s"}, "other placeholders or tags: 'Hello %(name)s'"),
        ({"%(count)s vote": ["%(x)s voto", "%(count)s votos"]}, "placeholders or tags that the original"),
        ({"Vote": "Voto\n"}, "another end of line: 'Vote'"),
        ({"Vote": "<b>Voto"}, "other placeholders or tags: 'Vote'"),
    ],
)
def test_a_faulty_translation_is_named(
    messages: ModuleType, source: Path, change: dict[str, str | list[str]], problem: str
) -> None:
    messages.update(source)
    translate(messages.catalogue_path("fr", source), GOOD)
    translate(messages.catalogue_path("es", source), GOOD | change)
    found = messages.problems(source)
    assert len(found) == 1
    assert found[0].startswith("es: ")
    assert problem in found[0]


def test_new_and_unused_and_fuzzy_strings_are_named(messages: ModuleType, source: Path) -> None:
    messages.update(source)
    for language in ("es", "fr"):
        translate(messages.catalogue_path(language, source), GOOD)
    path = messages.catalogue_path("es", source)
    path.write_text(path.read_text().replace('msgid "Vote"', '#, fuzzy\nmsgid "Vote"'))
    words = source / "words.py"
    words.write_text(words.read_text().replace('"Open"', '"Close"'))
    assert sorted(messages.problems(source)) == [
        "es: marked fuzzy: 'Vote'",
        "es: no longer used: 'Open'",
        "es: not in the catalogue: 'Close'",
        "fr: no longer used: 'Open'",
        "fr: not in the catalogue: 'Close'",
    ]
