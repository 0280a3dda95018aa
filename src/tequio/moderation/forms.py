"""What is typed in a report, a decision, an appeal and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField

from .enums import Measure, Outcome, Rule
from .models import LONGEST_LAW
from .services.appealing import LONGEST_APPEAL
from .services.deciding import LONGEST_FACTS
from .types import RULES

LONGEST_WORDS = 2_000


class RuleForm(PlainForm):
    """Which rule or law; who names the law says which."""

    rule = forms.ChoiceField(
        label=gettext_lazy("Which rule does it break?"), choices=Rule.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the rule.")},
    )  # fmt: skip
    law = LineField(
        label=gettext_lazy("Which law?"), required=False, max_length=LONGEST_LAW,
        help_text=gettext_lazy("Only if it breaks a law: its name, or what it forbids."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("rule") == Rule.LAW and not data.get("law") and "law" not in self.errors:
            self.add_error("law", _("Say which law it breaks, as well as you know."))
        if data.get("rule") != Rule.LAW:
            data["law"] = ""
        return data


class ReportForm(RuleForm):
    """Words are welcome and not needed; the address only for an answer by mail."""

    words = WordsField(
        label=gettext_lazy("What is wrong with it?"), required=False, max_length=LONGEST_WORDS, rows=4,
        help_text=gettext_lazy("In your own words and language. Its author does not read this."),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail for the answer"), required=False, max_length=254,
        help_text=gettext_lazy("As you like. Without it you get an address on which you can look."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class DecideForm(RuleForm):
    """The statement of reasons. `measures` is what can be done with the thing now."""

    measure = forms.ChoiceField(
        label=gettext_lazy("What is done"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is done.")},
    )  # fmt: skip
    facts = WordsField(
        label=gettext_lazy("Your reasons"), max_length=LONGEST_FACTS, rows=5,
        help_text=gettext_lazy("What is said where, and why it breaks the rule or does not. Its author and who reported it read this."),
    )  # fmt: skip
    language = LanguageField(label=gettext_lazy("Written in"))
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    words = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)

    def __init__(self, *args: Any, measures: Sequence[Measure], languages: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer("measure", [(one.value, one.label) for one in measures])
        self.fields["rule"].label = _("By which rule?")
        self.offer_languages(languages)

    @property
    def rules(self) -> list[Any]:
        return list(RULES.values())


class AppealForm(PlainForm):
    """Why somebody else should look again."""

    words = WordsField(
        label=gettext_lazy("Why should it be decided otherwise?"), max_length=LONGEST_APPEAL, rows=6,
        help_text=gettext_lazy("Another person than the first reads it."),
    )  # fmt: skip


class AnswerForm(PlainForm):
    """The last word here, with its reasons."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What becomes of the decision"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the decision stands.")},
    )  # fmt: skip
    facts = WordsField(label=gettext_lazy("Your reasons"), max_length=LONGEST_FACTS, rows=5)
    language = LanguageField(label=gettext_lazy("Written in"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offer_languages(languages)
