"""What an organiser decides before a conversation begins, as one form."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.base.forms import ClockField, DayField, LineField, WordsField, translations_in
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.moments import NoSuchTime, local_moment, zone
from tequio.base.multilingual import Field, original_language, original_text, write_original
from tequio.base.text import clean_line
from tequio.catalogue.enums import Comments
from tequio.catalogue.forms import OpeningForm

from ..enums import Moderation
from ..models import Conversation
from ..services.conversations import Plan

LONGEST_QUESTION = 200
LONGEST_BACKGROUND = 10_000
LONGEST_STATEMENT = 280
MOST_SEEDS = 100
MOST_SAID = 5
START_OF_DAY, END_OF_DAY = time(0, 0), time(23, 59)


class ConversationForm(OpeningForm):
    """A new conversation, or one that is changed: then `conversation` is given and the place stays."""

    field_order = ("language", "question", "background", "territory", "behalf", "languages", "who_may")
    question = LineField(
        label=gettext_lazy("Question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One open question that people can answer from their own life."),
    )
    background = WordsField(
        label=gettext_lazy("Background"),
        required=False,
        max_length=LONGEST_BACKGROUND,
        rows=6,
        help_text=gettext_lazy(
            "What people need to know before they answer. CommonMark works: **bold**, lists, links."
        ),
    )
    moderation = forms.ChoiceField(
        label=gettext_lazy("Moderation"), choices=Moderation.choices, widget=forms.RadioSelect,
        initial=Moderation.BEFORE,
    )  # fmt: skip
    comments = forms.ChoiceField(
        label=gettext_lazy("Comments on the question"), choices=Comments.choices, widget=forms.RadioSelect,
        initial=Comments.OFF, required=False,
    )  # fmt: skip
    takes_statements = forms.BooleanField(
        label=gettext_lazy("People may add statements of their own"), required=False, initial=True
    )
    opens_day = DayField(label=gettext_lazy("Opens on"), required=False)
    opens_time = ClockField(label=gettext_lazy("at"), required=False)
    closes_day = DayField(label=gettext_lazy("Closes on"), required=False)
    closes_time = ClockField(label=gettext_lazy("at"), required=False)
    answer_due = DayField(label=gettext_lazy("Answer promised by"), required=False)
    answers_for_it = LineField(
        label=gettext_lazy("Who answers"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("The name of a person or an office."),
    )
    seeds = forms.CharField(
        label=gettext_lazy("First statements"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line, at most 280 characters each. Ten to fifteen are a good start."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, conversation: Conversation | None = None, **kwargs: Any):
        super().__init__(*args, item=conversation.item if conversation else None, **kwargs)
        self.conversation = conversation
        self.fields["languages"].label = _("Languages of the conversation")
        self._add_translations()
        if conversation is not None:
            self.fields["seeds"].label = _("More statements of yours")
            self.fields["seeds"].help_text = _("One a line, at most 280 characters each.")

    def _add_translations(self) -> None:
        for tag in INTERFACE:
            name = name_of(tag, current())
            self.fields[f"question_{tag}"] = LineField(
                label=_("Question in %(language)s") % {"language": name},
                required=False, max_length=LONGEST_QUESTION, widget=forms.Textarea(attrs={"lang": tag, "rows": 2}),
            )  # fmt: skip
            self.fields[f"background_{tag}"] = WordsField(
                label=_("Background in %(language)s") % {"language": name},
                required=False, max_length=LONGEST_BACKGROUND,
                widget=forms.Textarea(attrs={"lang": tag, "rows": 4}),
            )  # fmt: skip

    @property
    def translations(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """(language, question, background) for each language of the interface."""
        return [(tag, self[f"question_{tag}"], self[f"background_{tag}"]) for tag in INTERFACE]

    def clean_seeds(self) -> list[str]:
        """Each line cleaned; every line that cannot stand is named."""
        seeds: list[str] = []
        wrong: list[str] = []
        lines: dict[str, int] = {}
        for number, raw in enumerate(str(self.cleaned_data["seeds"] or "").splitlines(), 1):
            line = clean_line(raw)
            if not line:
                continue
            if len(line) > LONGEST_STATEMENT:
                wrong.append(
                    _("Line %(line)d has %(length)d characters; 280 is the most.")
                    % {"line": number, "length": len(line)}
                )
            elif line.casefold() in lines:
                wrong.append(
                    _("Line %(line)d says the same as line %(other)d.")
                    % {"line": number, "other": lines[line.casefold()]}
                )
            lines.setdefault(line.casefold(), number)
            seeds.append(line)
        if len(seeds) > MOST_SEEDS:
            wrong.append(
                _("These are %(number)d statements; 100 is the most at once.") % {"number": len(seeds)}
            )
        if wrong:
            raise forms.ValidationError(" ".join(_shortened(wrong)))
        return seeds

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        language = data.get("language")
        for tag in INTERFACE:
            if tag != language and data.get(f"background_{tag}") and not data.get("background"):
                self.add_error(
                    "background", _("Write it in the language of the question before translating it.")
                )
                break
        self._clean_dates(data)
        self.refuse_members_of_nobody(data, "who_may")
        if self.is_for_publishing and not self.errors:
            self._check_it_can_begin(data)
        return data

    def _clean_dates(self, data: dict[str, Any]) -> None:
        data["opens_at"] = self._moment(data, "opens", START_OF_DAY)
        data["closes_at"] = self._moment(data, "closes", END_OF_DAY)
        opens, closes = data["opens_at"], data["closes_at"]
        if opens and closes and opens >= closes:
            self.add_error("closes_day", _("It has to close after it opens."))
        if closes and data.get("answer_due") and data["answer_due"] < closes.date():
            self.add_error("answer_due", _("The answer comes after the conversation has closed."))

    def _moment(self, data: dict[str, Any], which: str, unsaid: time) -> datetime | None:
        day, clock = data.get(f"{which}_day"), data.get(f"{which}_time")
        if not day:
            if clock and f"{which}_day" not in self.errors:
                self.add_error(f"{which}_day", _("A time needs a day."))
            return None
        if f"{which}_time" in self.errors:
            return None
        zone_name = self.zone_of(data)
        try:
            moment = local_moment(day, clock or unsaid, zone_name, last=which == "closes")
        except NoSuchTime as gap:
            self.add_error(
                f"{which}_time",
                _("On that day the clock in %(zone)s jumps over this time. Choose %(instead)s instead.")
                % {"zone": zone_name, "instead": f"{gap.instead:%H:%M}"},
            )
            return None
        before = getattr(self.conversation.item, f"{which}_at") if self.conversation else None
        # The form shows minutes; what was not changed keeps its seconds.
        is_same = before is not None and before.replace(second=0, microsecond=0) == moment
        return before if is_same else moment

    def _check_it_can_begin(self, data: dict[str, Any]) -> None:
        closes = data["closes_at"]
        before = self.conversation.item.closes_at if self.conversation else None
        if closes and closes != before and closes <= datetime.now(closes.tzinfo):
            self.add_error("closes_day", _("This moment has passed. Choose a later one."))
        has_statements = data["seeds"] or (self.conversation and self.conversation.next_number)
        if not has_statements and not data["takes_statements"]:
            self.add_error(
                "seeds",
                _(
                    "Without statements of yours there is nothing to answer. Write some, or let people add theirs."
                ),
            )

    def plan(self, *, by: str) -> Plan:
        """What was decided; `by` is the name that stands under words that are new."""
        data = self.cleaned_data
        item = self.item
        return Plan(
            question=self.in_all("question", item.title if item else {}, by=by),
            background=self.in_all(
                "background", self.conversation.background if self.conversation else {}, by=by
            ),
            summary=item.summary if item else {},
            languages=self.chosen_languages,
            zone=self.zone_of(data),
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            who_may=data["who_may"],
            moderation=data["moderation"],
            takes_statements=data["takes_statements"],
            answer_due=data["answer_due"],
            answers_for_it=data["answers_for_it"],
            comments=data["comments"] or (item.comments if item else Comments.OFF),
            organisation=self.organisation,
        )

    def seed_words(self, *, by: str) -> list[Field]:
        language = self.cleaned_data["language"]
        return [write_original(line, language, by) for line in self.cleaned_data["seeds"]]


def _shortened(wrong: list[str]) -> list[str]:
    """The first few; the rest as a number."""
    rest = len(wrong) - MOST_SAID
    if rest <= 0:
        return wrong
    more = ngettext("%(number)d more line is not right.", "%(number)d more lines are not right.", rest)
    return [*wrong[:MOST_SAID], more % {"number": rest}]


def initial_of(conversation: Conversation) -> dict[str, Any]:
    """The form as it would have been filled in for this conversation."""
    item = conversation.item
    there = zone(conversation.zone)
    opens = item.opens_at.astimezone(there) if item.opens_at else None
    closes = item.closes_at.astimezone(there) if item.closes_at else None
    return {
        "language": original_language(item.title),
        "question": original_text(item.title),
        "background": original_text(conversation.background),
        "languages": item.languages,
        "who_may": conversation.who_may,
        "moderation": conversation.moderation,
        "takes_statements": conversation.takes_statements,
        "opens_day": opens and opens.date(),
        "opens_time": opens and opens.time(),
        "closes_day": closes and closes.date(),
        "closes_time": closes and closes.time(),
        "zone": conversation.zone,
        "answer_due": conversation.answer_due,
        "answers_for_it": conversation.answers_for_it,
        "comments": item.comments,
        **translations_in({"question": item.title, "background": conversation.background}),
    }
