"""What is typed about any item: why it is hidden."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import PlainForm, WordsField

from .enums import HideReason

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
