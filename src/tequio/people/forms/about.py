"""Year of birth, country, languages, place: what a member tells of herself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.base.forms import LineField, PlainForm
from tequio.base.languages import INTERFACE, content_choices, current, own_name
from tequio.territories.models import Territory
from tequio.territories.selectors import place_choices

from ..models import Person
from ..selectors.ages import country_choices
from ..types.ages import Answer, Feature, ages_of, may

EARLIEST_YEAR = 1900
READ = ("reads_1", "reads_2", "reads_3", "reads_4")


class YearField(forms.IntegerField):
    """A year of birth; any that a living person can have, a child's too."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Year of birth"))
        kwargs.setdefault("required", False)
        super().__init__(
            localize=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year", "size": 6}),
            error_messages={"invalid": _("Write the year with four digits, as 1985.")},
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not EARLIEST_YEAR <= value <= timezone.now().year:
            raise ValidationError(_("Write the year with four digits, as 1985."))


class CountryField(forms.ChoiceField):
    """Where she lives, as far as the law of ages asks for it."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Country"))
        super().__init__(required=False, choices=country_choices, **kwargs)


def age_answer(year: int | None, country: str) -> Answer:
    """What the law of the country says of an account for somebody born in that year."""
    return may(Feature.JOIN, ages_of(year, timezone.now().year), country)


class AboutForm(PlainForm):
    """What both joining and changing one's profile ask."""

    name = LineField(
        label=_("Name others see"),
        help_text=_("Any name you like; it need not be your own. You may leave it empty."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters to you"),
        choices=[(code, own_name(code).capitalize()) for code in INTERFACE],
    )
    year_of_birth = YearField(
        help_text=_("Nobody else sees it. If you leave it empty, you say that you are 18 or older.")
    )


class ProfileForm(AboutForm):
    field_order = ("name", "language", *READ, "home", "year_of_birth")

    reads_1 = forms.ChoiceField(label=_("I read best"), required=False)
    reads_2 = forms.ChoiceField(label=_("I also read"), required=False)
    reads_3 = forms.ChoiceField(label=_("And"), required=False)
    reads_4 = forms.ChoiceField(label=_("And also"), required=False)
    home = forms.ChoiceField(
        label=_("Your place"),
        help_text=_("Where you live or feel at home. You may leave it empty."),
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        read = dict(zip(READ, person.languages, strict=False))
        initial = {
            "name": person.name,
            "language": person.language,
            "home": person.home.code if person.home else "",
            "year_of_birth": person.year_of_birth,
            **read,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.person = person
        self.offer("home", [("", _("No place")), *place_choices()])
        for name in READ:
            self.offer(name, [("", "–"), *content_choices(current())])

    def clean_home(self) -> Territory | None:
        return Territory.objects.filter(code=self.cleaned_data["home"]).first()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        home = data.get("home")
        country = home.code if home else self.person.country
        if age_answer(data.get("year_of_birth"), country) == Answer.NOT_YET:
            self.add_error("year_of_birth", _("Accounts are for people of 13 and older."))
        return data

    @property
    def about(self) -> dict[str, Any]:
        """What `change_person` takes."""
        data = self.cleaned_data
        wanted = {name: data[name] for name in ("name", "language", "home", "year_of_birth")}
        return {**wanted, "languages": [data[name] for name in READ if data[name]]}
