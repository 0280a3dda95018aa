"""The translations' catalogues: `messages.py update` writes them anew, `messages.py check` looks for gaps.

Strings are found by Django's own reading of templates and by Babel, so GNU gettext is not needed.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tequio"
LANGUAGES = ("es", "fr")
TEMPLATES = (".html", ".txt", ".xml", ".svg")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# They change with every run, or ask for names and addresses of persons.
HEADERS_OF_NO_USE = re.compile(
    rb'"(POT-Creation-Date|PO-Revision-Date|Project-Id-Version|Report-Msgid-Bugs-To|Last-Translator'
    rb"|Language-Team|Generated-By):.*\n"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{[\w.]*\}|</?[a-z][a-z0-9]*")


def catalogue_path(language: str, source: Path = SOURCE) -> Path:
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted(source: Path = SOURCE) -> Catalog:
    """Every string of the package that goes through gettext."""
    catalogue = Catalog(project="Tequio", charset="utf-8")
    for path in sorted(source.rglob("*")):
        for message, comments, context in _strings_in(path):
            where = [(str(path.relative_to(source)), None)]
            catalogue.add(message, locations=where, auto_comments=comments, context=context)
    return catalogue


def _strings_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    if path.suffix == ".py":
        text = path.read_text()
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        # What is left of a template looks like Python but is indented as HTML is.
        text = re.sub(r"^[ \t]+", "", templatize(path.read_text(), origin=str(path)), flags=re.MULTILINE)
    else:
        return
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",), {"encoding": "utf-8"})
    for _line, message, comments, context in found:
        yield message, comments, context


def update(source: Path = SOURCE) -> None:
    """Adds new strings, drops those no longer used, keeps every translation; guesses none."""
    template = extracted(source)
    for language in LANGUAGES:
        path = catalogue_path(language, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            catalogue = read_po(io.BytesIO(path.read_bytes()), locale=language)
        else:
            catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
        catalogue.header_comment = "# Tequio, under the same licence as the code (see LICENSE)."
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        written = io.BytesIO()
        write_po(written, catalogue, width=100, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
        path.write_bytes(HEADERS_OF_NO_USE.sub(b"", written.getvalue()))


def problems(source: Path = SOURCE) -> list[str]:
    """One line for every string that is not, or not well, in a catalogue."""
    wanted = {(message.context, _first(message.id)) for message in extracted(source) if message.id}
    found = []
    for language in LANGUAGES:
        path = catalogue_path(language, source)
        if not path.exists():
            found.append(f"{language}: there is no {path.relative_to(source)}; run make messages")
            continue
        entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        known = {(entry.msgctxt, entry.msgid) for entry in entries}
        found += [f"{language}: not in the catalogue: {text!r}" for _, text in sorted_texts(wanted - known)]
        found += [f"{language}: no longer used: {text!r}" for _, text in sorted_texts(known - wanted)]
        found += [f"{language}: {wrong}: {entry.msgid!r}" for entry in entries for wrong in faults(entry)]
    return found


def sorted_texts(keys: set[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    return sorted(keys, key=lambda key: (key[0] or "", key[1]))


def faults(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one translation."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield "marked fuzzy"
    if not all(text.strip() for text in texts):
        yield "not translated"
        return
    # The singular may say "one" in words, so only the last form must keep what the plural has.
    original = entry.msgid_plural or entry.msgid
    if _placeholders(texts[-1]) != _placeholders(original):
        yield "other placeholders or tags"
    elif any(_placeholders(text) - _placeholders(original) for text in texts):
        yield "placeholders or tags that the original does not have"
    if texts[-1].endswith("\n") != original.endswith("\n"):
        yield "another end of line"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _first(message_id: str | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("update", "check"))
    what = parser.parse_args().what
    settings.configure(USE_I18N=False)
    if what == "update":
        update()
        return 0
    found = problems()
    print("\n".join(found) or f"every string is translated into {' and '.join(LANGUAGES)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
