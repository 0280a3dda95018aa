"""What a moderator decides about a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import PlainForm, WordsField

from ..enums import DeclineReason
from ..models import Statement
from ..selectors.moderation import merge_target

LONGEST_NOTE = 500


class DecideForm(PlainForm):
    """Publish or decline; declining needs a reason."""

    do = forms.ChoiceField(
        choices=[(word, word) for word in ("publish", "decline", "meta", "not_meta", "unmerge")]
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    note = WordsField(
        label=gettext_lazy("Note to the author"),
        required=False,
        max_length=LONGEST_NOTE,
        rows=2,
        help_text=gettext_lazy("Only the author reads reason and note."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("reason", [("", _("Choose a reason")), *DeclineReason.choices])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") == "decline" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Choose why it is not shown. Its author reads this."))
        return data


class MergeForm(PlainForm):
    """Which statement this one says the same as: one of the closest, or any by its number."""

    into = forms.ChoiceField(
        label=gettext_lazy("It says the same as"), required=False, widget=forms.RadioSelect
    )
    number = forms.IntegerField(
        label=gettext_lazy("Or the number of another statement"), required=False, min_value=0, max_value=10**9
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, candidates: Sequence[Statement], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.statement = statement
        self.has_candidates = bool(candidates)
        self.offer("into", [(str(other.number), f"{other.number}. {other.words}") for other in candidates])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        number = data.get("number")
        if number is None:
            number = int(data["into"]) if data.get("into") else None
        if number is None:
            self.add_error("into" if self.has_candidates else "number", _("Choose a statement."))
            return data
        data["target"] = merge_target(self.statement, number)
        if data["target"] is None:
            self.add_error("number", _("No open statement of this conversation has this number."))
        return data
