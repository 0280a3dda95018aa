"""A text in several languages: one that it is written in, and room for the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, PlainForm, WordsField
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.multilingual import Field, original_language, original_text, revise

MOST_TONGUES = 6


class WordsForm(PlainForm):
    """`words` in `language`, and `words_es`, `words_eu` … for the other languages of the place."""

    language = LanguageField(label=gettext_lazy("Language you write in"))
    words = WordsField(label=gettext_lazy("Reasons"), max_length=5_000, rows=7)

    def __init__(self, *args: Any, tongues: Iterable[str] = (), before: Field | None = None, **kwargs: Any):
        self.before: Field = before or {}
        self.tongues = list(dict.fromkeys([*tongues, *INTERFACE, *self.before]))[:MOST_TONGUES]
        kwargs["initial"] = {**self._initial(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.offer_languages(self.tongues)
        longest = self.fields["words"].max_length  # type: ignore[attr-defined]
        for tag in self.tongues:
            self.fields[f"words_{tag}"] = WordsField(
                label=_("In %(language)s") % {"language": name_of(tag, current())},
                required=False, max_length=longest, widget=forms.Textarea(attrs={"lang": tag, "rows": 4}),
            )  # fmt: skip

    def _initial(self) -> dict[str, Any]:
        if not self.before:
            short = current()
            return {"language": short if short in self.tongues else self.tongues[0]}
        origin = original_language(self.before)
        texts = {f"words_{tag}": one["text"] for tag, one in self.before.items() if tag != origin}
        return {"language": origin, "words": original_text(self.before), **texts}

    @property
    def translations(self) -> list[forms.BoundField]:
        return [self[f"words_{tag}"] for tag in self.tongues]

    @property
    def has_translations(self) -> bool:
        """Whether the part for other languages stands open."""
        return any(bound.errors or bound.value() for bound in self.translations)

    def field(self, *, by: str) -> Field:
        """What was written, as a multilingual text; `by` is the name under words that are new."""
        data = self.cleaned_data
        others = {tag: data[f"words_{tag}"] for tag in self.tongues if tag != data["language"]}
        return revise(self.before, data["language"], data["words"], others, by=by)
