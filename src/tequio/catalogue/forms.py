"""What is typed about any item."""

from __future__ import annotations

from django import forms

from tequio.base.forms import PlainForm


class RevisionForm(PlainForm):
    """Whether a former version is shown."""

    do = forms.ChoiceField(choices=[("hide", "hide"), ("show", "show")])
