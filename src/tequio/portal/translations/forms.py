"""Translating what people wrote, several texts on one page, each beside its original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.base import language_tags
from tequio.base.forms import PlainForm, WordsField
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.multilingual import MACHINE, Field, Reading, digest, original_language, read, version_of
from tequio.base.text import clean_text
from tequio.base.translatable import Text, Typed, named

LONG = 1_000


@dataclass(frozen=True)
class Line:
    """One language of a text: the field, "I read it", what is saved where she typed something else."""

    language: str
    field: forms.BoundField
    right: forms.BoundField | None
    saved: Reading | None
    is_suggested: bool


@dataclass(frozen=True)
class Part:
    """One text of the form: its name and label, its original, a line for each language."""

    name: str
    label: Any
    original: Reading
    lines: list[Line]


class TranslateForm(PlainForm):
    """Texts of a thing in other languages. Each carries the version the translator started from.

    `languages`: those of the place, offered beside the interface's.
    """

    def __init__(
        self,
        *args: Any,
        texts: Sequence[Text],
        values: Mapping[str, Field],
        languages: Sequence[str],
        **kwargs: Any,
    ):
        self.texts = named(values, texts)
        self.languages = list(dict.fromkeys([*INTERFACE, *languages]))
        super().__init__(*args, **kwargs)
        for text, words in self.texts:
            self._hidden(f"{text.name}_seen", version_of(words))
            for tag in self._tags(words):
                self._add(text, tag, words)

    def _hidden(self, name: str, initial: str = "") -> None:
        self.fields[name] = forms.CharField(required=False, initial=initial, widget=forms.HiddenInput)

    def _add(self, text: Text, tag: str, words: Field) -> None:
        name = f"{text.name}_{tag}"
        self.fields[name] = WordsField(
            label=f"{text.label}: {name_of(tag, current())}", required=False, max_length=text.longest,
            initial=words[tag]["text"] if tag in words else "", help_text=_state_of(words, tag),
            widget=forms.Textarea(
                attrs={"lang": tag, "dir": language_tags.direction(tag), "rows": 3 if text.longest < LONG else 8}
            ),
        )  # fmt: skip
        self._hidden(f"{name}_machine")
        is_by_machine = tag in words and words[tag]["status"] == MACHINE
        if self._is_suggested(name) or is_by_machine:
            self._tick(name, _("I read it beside the original: it is right"))
        elif tag in words and read(words, tag).is_stale:
            self._tick(name, _("I compared it: it is still right"))

    def _tick(self, name: str, label: str) -> None:
        self.fields[f"{name}_right"] = forms.BooleanField(label=label, required=False)

    def _is_suggested(self, name: str) -> bool:
        """What stands in the field is what the machine wrote, word for word."""
        marked = str(self.data.get(f"{name}_machine", "")) if self.is_bound else ""
        return bool(marked) and marked == digest(clean_text(str(self.data.get(name, ""))))

    def _tags(self, words: Field) -> list[str]:
        """The languages offered, and every other there is a translation in."""
        origin = original_language(words)
        return [tag for tag in dict.fromkeys([*self.languages, *words]) if tag != origin]

    @property
    def parts(self) -> list[Part]:
        return [
            Part(text.name, text.label, read(words, original_language(words)), self._lines(text, words))
            for text, words in self.texts
        ]

    def _lines(self, text: Text, words: Field) -> list[Line]:
        lines = []
        for tag in self._tags(words):
            name = f"{text.name}_{tag}"
            bound = self[name]
            right = self[f"{name}_right"] if f"{name}_right" in self.fields else None
            is_other = self.is_bound and tag in words and words[tag]["text"] != (bound.value() or "")
            lines.append(
                Line(tag, bound, right, read(words, tag) if is_other else None, self._is_suggested(name))
            )
        return lines

    def typed(self, only: str = "") -> dict[str, Typed]:
        """What she sent, by the name of the text; texts that were not on her page are left out."""
        return {
            text.name: self._typed(text.name, words)
            for text, words in self.texts
            if f"{text.name}_seen" in self.data and only in ("", text.name)
        }

    def has_any(self, only: str = "") -> bool:
        """Whether it carries any text at all; an empty form says so."""
        if not self.typed(only):
            self.add_error(None, _("This form is incomplete. Please go back and send it again."))
            return False
        return True

    def _typed(self, name: str, words: Field) -> Typed:
        data, tags = self.cleaned_data, self._tags(words)
        right = {tag for tag in tags if data.get(f"{name}_{tag}_right")}
        machine = {tag for tag in tags if self._is_suggested(f"{name}_{tag}")} - right
        return Typed({tag: data[f"{name}_{tag}"] for tag in tags}, data[f"{name}_seen"], right, machine)

    def original_of(self, name: str, tag: str) -> Field | None:
        """The text a suggestion is asked for; None where the form has no such field."""
        words = next((words for text, words in self.texts if text.name == name), None)
        return words if words is not None and tag in self._tags(words) else None

    def sent(self) -> dict[str, str]:
        """What was typed and what the form carried, without keys and buttons."""
        return {name: str(value) for name, value in self.data.items() if name in self.fields}

    def untouched_by(self, name: str) -> dict[str, str]:
        """What she typed into the other texts and did not save; nothing where she left them as they were."""
        others = [(text, words) for text, words in self.texts if text.name != name]
        is_touched = any(
            self.sent().get(f"{text.name}_{tag}", "") != (words[tag]["text"] if tag in words else "")
            for text, words in others
            for tag in self._tags(words)
        )
        mine = tuple(f"{text.name}_" for text, _words in others)
        return (
            {key: value for key, value in self.sent().items() if key.startswith(mine)} if is_touched else {}
        )

    def completed(self, kept: Mapping[str, str]) -> dict[str, str]:
        """What she typed before (`kept`), with the saved texts for whatever is not in it."""
        whole = {}
        for name, field in self.fields.items():
            if not isinstance(field, forms.BooleanField):
                whole[name] = kept.get(name, str(field.initial or ""))
        return whole

    def tell(self, reason: str) -> TranslateForm:
        """The same form after somebody else was faster: her words stay, the newest version counts as seen.

        What she had not touched shows the newest words, so that sending again takes nothing away.
        """
        sent = {name: str(value) for name, value in self.data.items()}
        for text, words in self.texts:
            was = dict(
                part.partition(":")[::2] for part in sent.get(f"{text.name}_seen", "").split(",") if part
            )
            for tag in self._tags(words):
                typed = clean_text(sent.get(f"{text.name}_{tag}", ""))
                if (digest(typed) if typed else "") == was.get(tag, ""):
                    sent[f"{text.name}_{tag}"] = words[tag]["text"] if tag in words else ""
            sent[f"{text.name}_seen"] = version_of(words)
        self.data = sent
        self.full_clean()
        self.add_error(None, reason)
        return self


def _state_of(words: Field, tag: str) -> str:
    if tag not in words:
        return _("No translation yet.")
    reading = read(words, tag)
    if reading.is_stale:
        return _("The original has changed since. Please look at it again.")
    if reading.status == MACHINE:
        return _("Translated by a machine. Please look at it.")
    if reading.translator:
        return _("Translated by %(name)s.") % {"name": reading.translator}
    return _("Translated.")
