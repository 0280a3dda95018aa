"""Forms whose fields say what is wrong where it is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import text


class PlainForm(forms.Form):
    """A form without colons behind its labels."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class LineField(forms.CharField):
    """One line of a person's words, cleaned."""

    def to_python(self, value: Any) -> str:
        return text.clean_line(super().to_python(value) or "")


class WordsField(forms.CharField):
    """Several lines of a person's words, cleaned."""

    def __init__(self, *, rows: int = 4, **kwargs: Any):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return text.clean_text(super().to_python(value) or "")


def refuse_blank(value: str) -> None:
    if not value.strip():
        raise ValidationError(_("Please write something here."))
