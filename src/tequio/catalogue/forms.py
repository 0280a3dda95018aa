"""What is typed about any item: translations, and why it is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base import language_tags
from tequio.base.forms import PlainForm, WordsField
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.multilingual import (
    Field,
    Reading,
    digest,
    original_language,
    read,
    version_of,
)
from tequio.base.text import clean_text

from .enums import HideReason
from .services.translating import Typed

LONGEST_NOTE = 500


class HideForm(PlainForm):
    """Why something is not shown any more; its author reads it."""

    do = forms.ChoiceField(choices=[("hide", "hide"), ("show", "show")])
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    note = WordsField(
        label=gettext_lazy("Note to the author"), required=False, max_length=LONGEST_NOTE, rows=2,
        help_text=gettext_lazy("Only the author reads reason and note."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [("", _("Choose a reason")), *HideReason.choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") == "hide" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose why it is not shown. Its author reads this."))
        return data


class RevisionForm(PlainForm):
    """Whether a former version is shown."""

    do = forms.ChoiceField(choices=[("hide", "hide"), ("show", "show")])


class TranslateForm(PlainForm):
    """Texts of a thing in other languages. Each carries the version the translator started from.

    `texts`: {name: (label, field, longest)}; `languages`: those of the place, offered beside the interface's.
    """

    def __init__(
        self,
        *args: Any,
        texts: dict[str, tuple[Any, Field, int]],
        languages: Sequence[str] = (),
        **kwargs: Any,
    ):
        self.texts = texts
        self.languages = list(dict.fromkeys([*INTERFACE, *languages]))
        super().__init__(*args, **kwargs)
        for name, (label, field, longest) in texts.items():
            self.fields[f"{name}_seen"] = forms.CharField(
                required=False, initial=version_of(field), widget=forms.HiddenInput
            )
            for tag in self._tags(field):
                self._add(name, tag, label, field, longest)

    def _add(self, name: str, tag: str, label: Any, field: Field, longest: int) -> None:
        self.fields[f"{name}_{tag}"] = WordsField(
            label=f"{label}: {name_of(tag, current())}", required=False, max_length=longest,
            initial=field[tag]["text"] if tag in field else "", help_text=_state_of(field, tag),
            widget=forms.Textarea(
                attrs={"lang": tag, "dir": language_tags.direction(tag), "rows": 3 if longest < 1_000 else 8}
            ),
        )  # fmt: skip
        if tag in field and read(field, tag).is_stale:
            self.fields[f"{name}_{tag}_right"] = forms.BooleanField(
                label=_("I compared it: it is still right"), required=False
            )

    def _tags(self, field: Field) -> list[str]:
        """The languages offered, and every other there is a translation in."""
        if not field:
            return []
        origin = original_language(field)
        return [tag for tag in dict.fromkeys([*self.languages, *field]) if tag != origin]

    @property
    def parts(self) -> list[TranslatePart]:
        return [
            TranslatePart(label, read(field, original_language(field)), self._lines(name, field))
            for name, (label, field, _longest) in self.texts.items()
            if field
        ]

    def _lines(self, name: str, field: Field) -> list[tuple[forms.BoundField, Any, Reading | None]]:
        """(the text, "still right", what is saved where she typed something else)."""
        lines = []
        for tag in self._tags(field):
            bound = self[f"{name}_{tag}"]
            right = self[f"{name}_{tag}_right"] if f"{name}_{tag}_right" in self.fields else None
            is_other = self.is_bound and tag in field and field[tag]["text"] != (bound.value() or "")
            lines.append((bound, right, read(field, tag) if is_other else None))
        return lines

    def typed(self) -> dict[str, Typed]:
        """What she sent, by the name of the text."""
        data = self.cleaned_data
        return {
            name: Typed(
                {tag: data[f"{name}_{tag}"] for tag in self._tags(field)},
                data[f"{name}_seen"],
                {tag for tag in self._tags(field) if data.get(f"{name}_{tag}_right")},
            )
            for name, (_label, field, _longest) in self.texts.items()
        }

    def tell(self, reason: str) -> TranslateForm:
        """The same form after somebody else was faster: her words stay, the newest version counts as seen.

        What she had not touched shows the newest words, so that sending again takes nothing away.
        """
        sent = {name: str(value) for name, value in self.data.items()}
        for name, (_label, field, _longest) in self.texts.items():
            was = dict(part.partition(":")[::2] for part in sent.get(f"{name}_seen", "").split(",") if part)
            for tag in self._tags(field):
                typed = clean_text(sent.get(f"{name}_{tag}", ""))
                if (digest(typed) if typed else "") == was.get(tag, ""):
                    sent[f"{name}_{tag}"] = field[tag]["text"] if tag in field else ""
            sent[f"{name}_seen"] = version_of(field)
        self.data = sent
        self.full_clean()
        self.add_error(None, reason)
        return self


class TranslatePart:
    """One text of the form: its label, its original, its lines."""

    def __init__(
        self, label: Any, original: Reading, lines: list[tuple[forms.BoundField, Any, Reading | None]]
    ):
        self.label, self.original, self.lines = label, original, lines


def _state_of(field: Field, tag: str) -> str:
    if tag not in field:
        return _("No translation yet.")
    reading = read(field, tag)
    if reading.is_stale:
        return _("The original has changed since. Please look at it again.")
    if reading.status == "machine":
        return _("Translated by a machine. Please look at it.")
    if reading.translator:
        return _("Translated by %(name)s.") % {"name": reading.translator}
    return _("Translated.")
