"""Short forms: supporting, joining, splitting, asking co-authors."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField
from tequio.base.multilingual import write_original
from tequio.base.text import clean_line, read_id

from ..services import Words
from .idea import LONGEST_TEXT, LONGEST_TITLE


class SupportForm(PlainForm):
    do = forms.ChoiceField(choices=[("support", "support"), ("withdraw", "withdraw")])
    follow = forms.BooleanField(required=False)


class MergeForm(PlainForm):
    """The other idea, by its number or a link to its page."""

    into = LineField(
        label=gettext_lazy("The other idea"), max_length=300,
        help_text=gettext_lazy("Its number, or the address of its page."),
    )  # fmt: skip

    def clean_into(self) -> int:
        typed = str(self.cleaned_data["into"])
        found = re.search(r"/ideas/([0-9]{1,18})/", typed)
        number = read_id(found[1] if found else typed.removeprefix("#"))
        if number is None:
            raise forms.ValidationError(_("Write a number, or paste the address of the idea’s page."))
        return number


class SplitForm(PlainForm):
    """The new idea; the old one stays as it is."""

    language = LanguageField(label=gettext_lazy("Language you write in"))
    title = LineField(
        label=gettext_lazy("The new idea in one line"), max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    what = WordsField(label=gettext_lazy("What should be done"), max_length=LONGEST_TEXT, rows=5)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_languages(languages)

    def words(self, *, by: str) -> Words:
        data = self.cleaned_data
        return Words(
            title=write_original(data["title"], data["language"], by),
            what=write_original(data["what"], data["language"], by),
        )


class InviteForm(PlainForm):
    """Somebody, by the code she shows or her e-mail address, or an organisation by its page."""

    whom = LineField(
        label=gettext_lazy("Whom do you ask?"), max_length=300,
        help_text=gettext_lazy("The code a member shows you, an e-mail address, or the address of an organisation’s page."),
    )  # fmt: skip

    def clean_whom(self) -> tuple[str, str]:
        """(code, email or organisation; what was meant)."""
        typed = clean_line(str(self.cleaned_data["whom"]))
        if found := re.search(r"/organisations/([0-9]{1,18})/", typed):
            return "organisation", found[1]
        if "@" in typed:
            validate_email(typed)
            return "email", typed
        code = re.sub(r"[\s\-.]", "", typed)
        if not code:
            raise forms.ValidationError(_("Write a code, an e-mail address or a link."))
        return "code", code
