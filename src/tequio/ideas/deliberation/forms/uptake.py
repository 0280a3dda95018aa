"""What the organiser says about a statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, PlainForm, WordsField, translations_in
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.multilingual import Field, original_language, original_text

from ..enums import Uptake
from ..models import StatementAnswer

LONGEST_ANSWER = 2_000


class UptakeForm(PlainForm):
    """Uptake and answer; without an uptake the answer is taken back."""

    uptake = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"), required=False, widget=forms.RadioSelect
    )
    language = LanguageField(label=gettext_lazy("Language you write in"))
    text = WordsField(
        label=gettext_lazy("Your answer"),
        required=False,
        max_length=LONGEST_ANSWER,
        rows=5,
        help_text=gettext_lazy("Why, who does it, and until when."),
    )

    def __init__(self, *args: Any, answer: StatementAnswer | None, language: str, **kwargs: Any):
        self.before: Field = answer.text if answer else {}
        kwargs.setdefault("initial", _initial(answer, language))
        super().__init__(*args, **kwargs)
        self.offer("uptake", [("", _("Still open")), *Uptake.choices])
        self.offer_languages()
        for tag in INTERFACE:
            self.fields[f"text_{tag}"] = WordsField(
                label=_("Answer in %(language)s") % {"language": name_of(tag, current())},
                required=False, max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"lang": tag, "rows": 3}),
            )  # fmt: skip

    @property
    def translations(self) -> list[forms.BoundField]:
        return [self[f"text_{tag}"] for tag in INTERFACE]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("uptake") and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write why. People read this beside their statement."))
        return data

    def words(self, *, by: str) -> Field:
        return self.in_all("text", self.before, by=by)


def _initial(answer: StatementAnswer | None, language: str) -> dict[str, Any]:
    if answer is None:
        return {"uptake": "", "language": language}
    return {
        "uptake": answer.uptake,
        "language": original_language(answer.text) or language,
        "text": original_text(answer.text),
        **translations_in({"text": answer.text}),
    }
