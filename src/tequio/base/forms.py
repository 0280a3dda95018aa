"""Forms whose fields say what is wrong where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import languages, text
from .errors import Refused
from .language_tags import NotATag
from .multilingual import Field, revise


class PlainForm(forms.Form):
    """A form without colons behind its labels."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def start_from(self, seen: str, refused: Refused) -> None:
        """Somebody was faster: what was typed stays, and counts as written after the version `seen`.

        Raises `refused` again where it is for another reason than the code "changed".
        """
        self.say_at({"changed": None}, refused)
        typed: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, with all values of each name
        typed["seen"] = seen
        self.data = typed

    def say_at(self, fields: Mapping[str, str | None], refused: Refused) -> None:
        """The reason stands at the field of its code in `fields`, or above the form where that is None.

        Raises `refused` again where its code is none of them.
        """
        if refused.code not in fields:
            raise refused
        self.add_error(fields[refused.code], str(refused.reason))

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """What a field of the form has to choose from, as (value, words) or as groups of them."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def offer_languages(self, first: Sequence[str] = ()) -> None:
        """Which languages the field `language` has at its head; that of the reader is chosen if none else was."""
        field = self.fields["language"]
        assert isinstance(field, LanguageField)
        field.offer(first)

    def in_all(self, name: str, before: Field, *, by: str) -> Field:
        """What was typed as `name` in the form's language and as `name_es` … in those of the interface.

        `before` is what stood there; `by` the name that stands under words that are new.
        """
        data = self.cleaned_data
        others = {tag: data[f"{name}_{tag}"] for tag in languages.INTERFACE if tag != data["language"]}
        return revise(before, data["language"], data[name], others, by=by)


def titled(rows: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Rows to choose from, each by its title."""
    return [(key, str(row.title)) for key, row in rows.items()]


def translations_in(fields: Mapping[str, Field]) -> dict[str, str]:
    """{"name_es": text} of what is not the original, as a form begins with it."""
    return {
        f"{name}_{tag}": entry["text"]
        for name, field in fields.items()
        for tag, entry in field.items()
        if entry["status"] != "original"
    }


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


class CodeField(forms.CharField):
    """A code of eight digits from a letter, typed with or without its space and dashes, in any script's digits."""

    DIGITS = 8

    def __init__(self, **kwargs: Any):
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("help_text", _("Eight digits. The space between them does not matter."))
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        code = re.sub(r"[\s\-\u2010-\u2015.]", "", super().clean(value))
        if len(code) != self.DIGITS or not code.isdecimal():
            raise ValidationError(_("The code has eight digits, as 1234 5678."))
        return "".join(str(int(digit)) for digit in code)


class LanguageSelect(forms.Select):
    """A list of languages and, under it, a line for any other."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.other_hint = _("Another language: its name, or its tag such as quc")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return (data.get(f"{name}_other") or "").strip() or super().value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        is_listed = not value or value in {str(tag) for tag, _name in self.choices}
        drawn = super().render(name, value if is_listed else None, attrs, renderer)
        place = f"{(attrs or {}).get('id', name)}_other"
        return format_html(
            '{}<label class="hint" for="{}">{}</label><input type="text" name="{}_other" id="{}" maxlength="60" value="{}">',
            drawn, place, self.other_hint, name, place, "" if is_listed else value,
        )  # fmt: skip


class LanguageField(forms.CharField):
    """The language of somebody's words, as its BCP 47 tag; the form says which are offered first."""

    widget = LanguageSelect
    default_error_messages = {
        "unknown": _("We do not know this language. Write its name, or its tag such as eu, nah or quc.")
    }

    def offer(self, first: Sequence[str] = ()) -> None:
        """Called when a form is made: names follow the reader's language, which is chosen unless the form says another."""
        select = self.widget
        assert isinstance(select, LanguageSelect)
        select.choices = languages.content_choices(languages.current(), first)
        self.initial = languages.current()

    def to_python(self, value: Any) -> str:
        typed = text.clean_line(super().to_python(value) or "")
        if not typed:
            return ""
        try:
            return languages.find_tag(typed)
        except NotATag:
            raise ValidationError(self.error_messages["unknown"], code="unknown") from None


DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
CLOCKS = ["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M", "%Hh"]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class DayField(forms.DateField):
    """A day; browsers without a calendar send what was typed."""

    default_error_messages = {"invalid": _("Write the day like 2026-11-30 or 30/11/2026.")}

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=DAYS, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(_("Choose a year between 2000 and 2100."))


class ClockField(forms.TimeField):
    """A time of day, in 24 hours."""

    default_error_messages = {"invalid": _("Write the time like 18:30.")}

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        super().__init__(input_formats=CLOCKS, **kwargs)
