"""What is typed when a thing is carried on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField
from tequio.base.languages import current
from tequio.base.multilingual import original_language, original_text

from .services.ways import Carry, Written

LONGEST_SUMMARY, LONGEST_STEP = 400, 120


class CarryForm(PlainForm):
    """The title of the new thing, and what its kind asks for beside it."""

    language = LanguageField(label=_("Language you write in"))
    summary = WordsField(
        label=_("In a sentence or two"), max_length=LONGEST_SUMMARY, rows=3,
        help_text=_("What it is for, in plain words."),
    )  # fmt: skip
    step = LineField(
        label=_("The next step"),
        max_length=LONGEST_STEP,
        help_text=_("For example: “Written answer” or “Vote”."),
    )

    def __init__(self, *args: Any, one: Carry, thing: Any, languages: list[str], **kwargs: Any):
        words = one.begins(thing)
        kwargs["initial"] = {"language": original_language(words) or current(), "title": original_text(words)}
        super().__init__(*args, **kwargs)
        self.fields["title"] = WordsField(
            label=one.title, max_length=one.longest, rows=3, help_text=one.hint,
        )  # fmt: skip
        for name in ("summary", "step"):
            if name not in one.asks:
                del self.fields[name]
        self.order_fields(["language", "title", "summary", "step"])
        self.offer_languages(languages)

    def written(self) -> Written:
        data = self.cleaned_data
        return Written(data["language"], data["title"], data.get("summary", ""), data.get("step", ""))

    @property
    def lines(self) -> list[forms.BoundField]:
        return list(self.visible_fields())
