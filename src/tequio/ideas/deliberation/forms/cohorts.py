"""What an organiser decides about people who arrived together and answer alike."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm

from ..enums import CohortState
from ..services.cohorts import LONGEST_REASON


class CohortForm(PlainForm):
    """The reason is public."""

    do = forms.ChoiceField(choices=[(one, one) for one in (CohortState.CONFIRMED, CohortState.RELEASED)])
    reason = LineField(
        label=_("Your reason"), max_length=LONGEST_REASON,
        help_text=_("Everybody reads it. Do not name anybody."),
    )  # fmt: skip
