"""What is typed about an item: a comment, its change, whether it was useful."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField

from .enums import Side
from .services.writing import LONGEST, LONGEST_NAME


class CommentForm(PlainForm):
    """A comment or an answer; `has_sides` asks for one of the two."""

    side = forms.ChoiceField(
        label=_("Where does it stand?"), choices=Side.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you speak for it or against it.")},
    )  # fmt: skip
    text = WordsField(
        label=_("Your comment"), max_length=LONGEST, rows=6,
        help_text=_("At most 2,000 characters. CommonMark works: **bold**, lists, links."),
    )  # fmt: skip
    language = LanguageField(label=_("Written in"))
    name = LineField(
        label=pgettext_lazy("signature", "Name shown with it"), required=False, max_length=LONGEST_NAME,
        help_text=_("As you like. Empty: shown without a name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip

    def __init__(self, *args: Any, languages: Sequence[str], has_sides: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not has_sides:
            del self.fields["side"]
        self.offer_languages(languages)


class EditForm(PlainForm):
    """Other words for one's comment."""

    text = WordsField(label=_("Your comment"), max_length=LONGEST, rows=8)


class MarkForm(PlainForm):
    """Which comment was useful, or is not any more; `back` is where the button stood."""

    mark = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    unmark = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    back = forms.ChoiceField(required=False, choices=[(one, one) for one in ("item", "list")])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("mark")) == bool(data.get("unmark")):
            self.add_error(None, _("Choose a comment."))
        return data

    @property
    def comment(self) -> int:
        return int(self.cleaned_data["mark"] or self.cleaned_data["unmark"])
