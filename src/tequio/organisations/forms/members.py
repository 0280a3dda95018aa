"""Asking to belong, answering, inviting, changing roles and classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LineField, PlainForm, WordsField, titled
from tequio.base.languages import INTERFACE, current, name_of
from tequio.base.multilingual import Field, add_translation, original_language, revise, write_original

from ..enums import MembershipRole
from ..models import JoinRequest, MemberClass, Membership, Organisation
from ..services.memberships import ClassPlan

LONGEST_REASON = 300
LONGEST_CLASS = 60
NEW_CLASSES = 2


class ClassedForm(PlainForm):
    """A form that may name a class of the organisation."""

    member_class = forms.ChoiceField(label=gettext_lazy("Class"), required=False)

    def __init__(self, *args: Any, classes: Sequence[MemberClass], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.classes = {str(row.pk): row for row in classes}
        self.offer("member_class", [("", _("No class")), *titled(self.classes)])
        if not classes:
            del self.fields["member_class"]

    @property
    def chosen_class(self) -> MemberClass | None:
        return self.classes.get(self.cleaned_data.get("member_class", ""))


class JoinForm(ClassedForm):
    """Who asks: she herself, or an organisation she administers."""

    who = forms.ChoiceField(label=gettext_lazy("Who joins"), widget=forms.RadioSelect)
    words = WordsField(
        label=gettext_lazy("A few words to the administrators"), required=False, max_length=1_000, rows=3
    )
    is_shown = forms.BooleanField(label=gettext_lazy("Show my name on its page"), required=False)
    field_order = ["who", "member_class", "words", "is_shown"]

    def __init__(self, *args: Any, applicants: Sequence[Organisation], is_person: bool, **kwargs: Any):
        self.applicants = {str(row.pk): row for row in applicants}
        choices = [("me", _("I myself"))] if is_person else []
        choices += titled(self.applicants)
        kwargs.setdefault("initial", {"who": choices[0][0] if choices else ""})
        super().__init__(*args, **kwargs)
        self.offer("who", choices)

    @property
    def applicant(self) -> Organisation | None:
        return self.applicants.get(self.cleaned_data["who"])


class AnswerForm(PlainForm):
    reason = LineField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Who asked reads it. A no needs one."),
    )

    def __init__(self, *args: Any, is_accepted: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.is_accepted = is_accepted

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if not self.is_accepted and not reason:
            raise ValidationError(_("Write the reason for your no."))
        return reason


class RoleForm(ClassedForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=MembershipRole.choices, widget=forms.RadioSelect,
        initial=MembershipRole.MEMBER,
    )  # fmt: skip
    field_order = ["role", "member_class"]


class MemberForm(RoleForm):
    """A membership in the eyes of an administrator."""

    reason = LineField(
        label=gettext_lazy("Reason, if you end it"), required=False, max_length=LONGEST_REASON,
        help_text=gettext_lazy("She reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, membership: Membership, is_ending: bool = False, **kwargs: Any):
        self.is_ending = is_ending
        kwargs["initial"] = {"role": membership.role, "member_class": membership.member_class_id}
        super().__init__(*args, **kwargs)
        if membership.member_id is not None:
            del self.fields["role"]

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if self.is_ending and not reason:
            raise ValidationError(_("Write why the membership ends."))
        return reason


class InviteForm(RoleForm):
    email = LineField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        help_text=gettext_lazy("We write to it once. The address itself is not kept."),
    )
    field_order = ["email", "role", "member_class"]

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"]).lower()
        wrong = ValidationError(_("Write the whole address, as ama@example.org."))
        if '"' in address:
            raise wrong
        try:
            validate_email(address)
        except ValidationError:
            raise wrong from None
        return address


class ClassForm(PlainForm):
    """One row of the classes: its words in the three languages, and whether it is offered."""

    is_offered = forms.BooleanField(label=gettext_lazy("Can be chosen"), required=False, initial=True)

    def __init__(self, *args: Any, row: MemberClass | None, **kwargs: Any):
        self.row = row
        kwargs["initial"] = {"is_offered": row.is_offered if row else True, **_class_words(row)}
        super().__init__(*args, **kwargs)
        for tag in INTERFACE:
            name = name_of(tag, current())
            self.fields[f"words_{tag}"] = LineField(
                label=_("In %(language)s") % {"language": name}, required=False, max_length=LONGEST_CLASS,
                widget=forms.TextInput(attrs={"lang": tag}),
            )  # fmt: skip

    @property
    def words(self) -> list[forms.BoundField]:
        return [self[f"words_{tag}"] for tag in INTERFACE]

    @property
    def written(self) -> dict[str, str]:
        found = {tag: str(self.cleaned_data.get(f"words_{tag}", "")) for tag in INTERFACE}
        return {tag: text for tag, text in found.items() if text}

    @property
    def is_left_empty(self) -> bool:
        return self.row is None and not self.written

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.row is not None and not self.row.key and not self.written and not self.errors:
            self.add_error(f"words_{current()}", _("A class needs a name in at least one language."))
        return data

    def plan(self, *, by: str) -> ClassPlan:
        old: Field = self.row.words if self.row else {}
        written, origin = self.written, original_language(old)
        if not written:
            words: Field = {}
        elif origin in written:
            words = revise(old, origin, written[origin], {**dict.fromkeys(INTERFACE, ""), **written}, by=by)
        else:
            words = _new_words(written, by)
        return ClassPlan(self.row.pk if self.row else None, words, bool(self.cleaned_data["is_offered"]))


def _new_words(written: dict[str, str], by: str) -> Field:
    origin = current() if current() in written else next(iter(written))
    words = write_original(written[origin], origin, by)
    for tag, text in written.items():
        if tag != origin:
            words = add_translation(words, tag, text, by=by)
    return words


def _class_words(row: MemberClass | None) -> dict[str, str]:
    words = row.words if row else {}
    return {f"words_{tag}": entry["text"] for tag, entry in words.items() if tag in INTERFACE}


def class_forms(rows: Sequence[MemberClass], data: Any = None) -> list[ClassForm]:
    """A form for each class, and empty ones for new classes."""
    forms_ = [ClassForm(data, row=row, prefix=f"class{row.pk}") for row in rows]
    return forms_ + [ClassForm(data, row=None, prefix=f"new{number}") for number in range(NEW_CLASSES)]


def applicants_for(organisation: Organisation, runs: Sequence[Organisation]) -> list[Organisation]:
    """Those of her organisations that could join this one."""
    inside = set(
        Membership.objects.filter(organisation=organisation, until=None, member__isnull=False).values_list(
            "member_id", flat=True
        )
    ) | set(
        JoinRequest.objects.filter(
            organisation=organisation, answered_at=None, applicant__isnull=False
        ).values_list("applicant_id", flat=True)
    )
    return [row for row in runs if row.pk != organisation.pk and row.pk not in inside]
