"""What is typed and chosen on one's own pages."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import PlainForm
from tequio.consent.enums import Purpose

ANSWERS = [
    ("leave", _("Leave my answers, under a number that leads to nobody")),
    ("take", _("Take my answers back too: no map counts them any more")),
]
WHEN = [
    ("later", _("In seven days. Until then I can change my mind")),
    ("now", _("At once. Nobody can bring it back")),
]


class SwitchForm(PlainForm):
    """One purpose and which way its switch goes."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    do = forms.ChoiceField(choices=[("give", ""), ("withdraw", "")])


class LeaveForm(PlainForm):
    answers = forms.ChoiceField(
        label=_("My answers in conversations"), choices=ANSWERS, initial="leave", widget=forms.RadioSelect
    )
    when = forms.ChoiceField(label=_("When"), choices=WHEN, initial="later", widget=forms.RadioSelect)
    sure = forms.BooleanField(
        label=_("I have read what goes and what stays."),
        error_messages={"required": _("Please say that you have read it.")},
    )


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Eight digits. The space between them does not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s\-\u2010-\u2015.]", "", self.cleaned_data["code"])
        if len(code) != 8 or not code.isdecimal():
            raise ValidationError(_("The code has eight digits, as 1234 5678."))
        return "".join(str(int(digit)) for digit in code)
