"""An official answer, one for many, a template, asking for one, handing it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.base.forms import DayField, LineField, PlainForm, titled
from tequio.base.moments import NoSuchTime, local_moment
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.organisations.models import Organisation
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import Decision
from ..models import Answer, AnswerTemplate, Batch
from ..services.answering import Said
from ..types import unknown_blanks
from .words import WordsForm

END_OF_DAY = time(23, 59)
NOBODY = "nobody"


class DecisionForm(WordsForm):
    """A decision with its reasons, in whose name, in what capacity."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Decision.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )  # fmt: skip
    behalf = forms.ChoiceField(label=gettext_lazy("In the name of"), required=False)
    office = LineField(
        label=gettext_lazy("Your office"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("As people know it: digital services."),
    )
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, place: Territory, organisations: Sequence[Organisation] = (), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in organisations}
        self.offer("behalf", [("", str(place.title)), *titled(self.organisations)])
        if not organisations:
            del self.fields["behalf"]
        self.fields["words"].help_text = _("Why, who does it, and until when. Everybody reads this.")
        self.fields["words"].error_messages["required"] = _("Write the reasons.")
        # As the page shows them, so that what is to be mended is listed from the top down.
        self.order_fields(["decision", "words", "language"])

    def said(self, *, by: str) -> Said:
        data = self.cleaned_data
        return Said(
            data["decision"],
            self.field(by=by),
            data["office"],
            self.organisations.get(data.get("behalf", "")),
        )


class AnswerForm(DecisionForm):
    """The answer to one thing; with a `template` its words stand there already, the blanks filled."""

    @property
    def seen_answer(self) -> int:
        return self.cleaned_data.get("seen") or 0


def initial_answer(answer: Answer | None, office: str) -> dict[str, Any]:
    if answer is None:
        return {"office": office, "seen": 0}
    return {**initial_said(answer), "seen": answer.pk}


def initial_said(row: Answer | Batch) -> dict[str, Any]:
    return {"decision": row.decision, "office": row.office, "behalf": str(row.organisation_id or "")}


class BlanksForm(DecisionForm):
    """Words with blanks, for many at once."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "{title}, {place} and {name} are filled in for each. You read all of them before they are sent."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_unknown_blanks(self, data)
        return data


class TemplateForm(WordsForm):
    """Words to be used again."""

    name = LineField(label=gettext_lazy("Name of the template"), max_length=80)
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, template: AnswerTemplate | None = None, **kwargs: Any):
        if template is not None:
            kwargs["before"] = template.reasons
            kwargs["initial"] = {"name": template.name, "decision": template.decision}
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("{title}, {place} and {name} stand for what differs.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_unknown_blanks(self, data)
        return data


def refuse_unknown_blanks(form: WordsForm, data: dict[str, Any]) -> None:
    for name in ["words", *(f"words_{tag}" for tag in form.tongues)]:
        unknown = unknown_blanks(data.get(name) or "")
        if unknown:
            words = ngettext(
                "We do not know what to fill in for %(blanks)s.", "We do not know what to fill in for %(blanks)s.",
                len(unknown),
            )  # fmt: skip
            form.add_error(name, words % {"blanks": ", ".join(f"{{{one}}}" for one in unknown)})


class AskForm(PlainForm):
    """Until when an answer is asked for, and of whom."""

    due = DayField(label=gettext_lazy("Answer by"), help_text=gettext_lazy("That whole day still counts."))
    behalf = forms.ChoiceField(label=gettext_lazy("Who answers"), required=False)

    def __init__(self, *args: Any, item: Item, organisations: Sequence[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.item = item
        self.organisations = {str(row.pk): row for row in organisations}
        self.offer("behalf", [("", str(item.territory.title)), *titled(self.organisations)])

    def clean_due(self) -> datetime:
        """The end of that day by the clock of the place."""
        zone = self.item.territory.zone
        try:
            moment = local_moment(self.cleaned_data["due"], END_OF_DAY, zone, last=True)
        except NoSuchTime as gap:
            moment = gap.instead
        if moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return moment

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("behalf", ""))


class AssignForm(PlainForm):
    colleague = forms.ChoiceField(
        label=gettext_lazy("Who prepares them"),
        error_messages={"required": gettext_lazy("Choose somebody, or nobody in particular.")},
    )

    def __init__(self, *args: Any, colleagues: Sequence[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.colleagues = {str(row.pk): row for row in colleagues}
        self.offer("colleague", [
            ("", _("Choose")), *((key, row.shown_name) for key, row in self.colleagues.items()),
            (NOBODY, _("Nobody in particular")),
        ])  # fmt: skip

    @property
    def chosen(self) -> Person | None:
        return self.colleagues.get(self.cleaned_data["colleague"])


def words_of_template(template: AnswerTemplate, filled: Field) -> dict[str, Any]:
    """What a form begins with when a template is chosen."""
    texts = {f"words_{tag}": one["text"] for tag, one in filled.items() if one["status"] != "original"}
    origin = next(tag for tag, one in filled.items() if one["status"] == "original")
    return {
        "decision": template.decision, "language": origin, "words": filled[origin]["text"], **texts,
    }  # fmt: skip
