"""What is typed about any item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, titled
from tequio.base.languages import content_choices, current
from tequio.base.moments import is_zone
from tequio.organisations.models import Organisation
from tequio.territories.models import Territory

from .enums import WhoMay
from .models import Item

OFFERED_LANGUAGES = 6


class RevisionForm(PlainForm):
    """Whether a former version is shown."""

    do = forms.ChoiceField(choices=[("hide", "hide"), ("show", "show")])


class OpeningForm(PlainForm):
    """What somebody opens for a place: by whom, for whom, in which languages, by which clock.

    `item` is given where it is changed: then its place and its organisation stay. A form says by `field_order` how
    these stand among its own on the page, for errors are listed in that order.
    """

    language = LanguageField(label=gettext_lazy("Language you write in"))
    territory = forms.ChoiceField(label=gettext_lazy("Place"))
    behalf = forms.ChoiceField(label=gettext_lazy("Opened by"), required=False)
    languages = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("People may write in any of them."),
    )
    who_may = forms.ChoiceField(
        label=gettext_lazy("Who may take part"), choices=WhoMay.choices, widget=forms.RadioSelect,
        initial=WhoMay.ANYONE,
    )  # fmt: skip
    zone = LineField(
        label=gettext_lazy("Clock"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("A time zone such as Africa/Lome. Empty means the clock of the place."),
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[Territory] = (),
        organisations: Sequence[Organisation] = (),
        item: Item | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.organisations = {str(row.pk): row for row in organisations}
        self.item = item
        self.is_for_publishing = False
        first = self._spoken()
        self.offer_languages(first)
        self.offer("languages", content_choices(current(), first))
        if item is None:
            self.offer("territory", titled(self.places))
        else:
            del self.fields["territory"]
        if item is None and organisations:
            self.offer("behalf", [("", _("Me alone")), *titled(self.organisations)])
        else:
            del self.fields["behalf"]

    def _spoken(self) -> list[str]:
        """Those of the item, then those of the place; of many places, what is spoken in a third of them."""
        if self.item:
            return [*self.item.languages, *self.item.territory.languages]
        spoken = Counter(tag for place in self.places.values() for tag in place.languages)
        most = spoken.most_common(OFFERED_LANGUAGES)
        return [tag for tag, number in most if 3 * number >= len(self.places)]

    def clean_zone(self) -> str:
        value = str(self.cleaned_data["zone"])
        if value and not is_zone(value):
            raise forms.ValidationError(_("This is not a time zone we know. Write it like Europe/Madrid."))
        return value

    def zone_of(self, data: Mapping[str, Any]) -> str:
        """The clock that was typed, else that of the place."""
        if data.get("zone"):
            return str(data["zone"])
        place = self.item.territory if self.item else self.places.get(data.get("territory", ""))
        return place.zone if place else "UTC"

    def refuse_members_of_nobody(self, data: Mapping[str, Any], *names: str) -> None:
        """An error at each of the fields that let the members of an organisation in, while none opens it."""
        if data.get("behalf") or (self.item and self.item.organisation_id):
            return
        words = _("Choose the organisation that opens it: only its members could take part.")
        for name in names:
            if data.get(name) == WhoMay.ORGANISATION:
                self.add_error(name, words)

    @property
    def place(self) -> Territory:
        return self.item.territory if self.item else self.places[self.cleaned_data["territory"]]

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data.get("behalf", ""))

    @property
    def chosen_languages(self) -> list[str]:
        """The one it is written in, then the others."""
        return list(dict.fromkeys([self.cleaned_data["language"], *self.cleaned_data["languages"]]))
