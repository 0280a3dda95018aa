"""What participants type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LanguageField, LineField, PlainForm

from ..services.answering import LONGEST

VOTES = {"agree": 1, "pass": 0, "disagree": -1}


class VoteForm(PlainForm):
    """Three buttons and a box; whatever else arrives is not a vote."""

    statement = forms.IntegerField(min_value=1, max_value=2**62)
    vote = forms.ChoiceField(choices=[(word, word) for word in VOTES])
    important = forms.BooleanField(required=False)
    agreed = forms.BooleanField(required=False)

    @property
    def value(self) -> int:
        return VOTES[self.cleaned_data["vote"]]


class StatementForm(PlainForm):
    """One thought in 280 characters, in the writer's language."""

    text = LineField(
        label=_("A statement others can answer"),
        help_text=_("One thought, at most 280 characters. We show you close ones before it is sent."),
        min_length=8,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )
    language = LanguageField(label=_("Written in"))

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_languages(languages)
