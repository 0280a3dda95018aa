"""What is typed and chosen on one's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import CodeField, PlainForm
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
    code = CodeField()
