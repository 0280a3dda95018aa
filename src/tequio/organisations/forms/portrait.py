"""What an organisation says of itself, as one form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LanguageField, LineField, PlainForm, WordsField, translations_in
from tequio.base.languages import INTERFACE, content_choices, current, name_of
from tequio.base.multilingual import original_language, original_text
from tequio.territories.models import Territory
from tequio.territories.selectors import place_choices

from ..enums import OrganisationKind
from ..models import Organisation
from ..selectors.versions import version_of
from ..services.organisations import Portrait

LONGEST_NAME = 160
LONGEST_DESCRIPTION = 4_000
EARLIEST = 1000
MOST_PLACES = 12


class PortraitForm(PlainForm):
    """A new organisation, or one that is changed: then its seat stays."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=OrganisationKind.choices, widget=forms.RadioSelect
    )
    language = LanguageField(label=gettext_lazy("Language you write in"))
    name = LineField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    description = WordsField(
        label=gettext_lazy("Who you are and what you do"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        rows=5,
        help_text=gettext_lazy("A few plain sentences. CommonMark works: **bold**, lists, links."),
    )
    territory = forms.ChoiceField(
        label=gettext_lazy("Seat"), help_text=gettext_lazy("The place where you are at home. It stays.")
    )
    territories = forms.MultipleChoiceField(
        label=gettext_lazy("Other places where you work"),
        required=False,
        help_text=gettext_lazy("At most 12. With a keyboard, hold Ctrl to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you work in"), required=False, widget=forms.CheckboxSelectMultiple
    )
    founded = forms.IntegerField(
        label=gettext_lazy("Founded in"),
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={"invalid": gettext_lazy("Write the year with four digits, as 1985.")},
    )
    registration = LineField(
        label=gettext_lazy("Registration number"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("In the country of your seat. Groups without papers leave it empty."),
    )
    website = LineField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    email = LineField(
        label=gettext_lazy("Public e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        help_text=gettext_lazy("Everybody can read it. Leave it empty if you would rather not."),
    )
    phone = LineField(label=gettext_lazy("Public telephone number"), required=False, max_length=40)
    address = LineField(label=gettext_lazy("Address"), required=False, max_length=200)
    is_shown = forms.BooleanField(label=gettext_lazy("Show my name on its page"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisation: Organisation | None = None, spoken: Sequence[str] = (), **kwargs: Any
    ):
        self.organisation = organisation
        kwargs["initial"] = {**initial_of(organisation), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        places = place_choices()
        self.offer("territory", [("", _("Choose a place")), *places])
        self.offer("territories", places)
        first = [*organisation.languages, *organisation.territory.languages] if organisation else list(spoken)
        self.offer_languages(first)
        self.offer("languages", content_choices(current(), first))
        for tag in INTERFACE:
            self._add_translation(tag)
        if organisation is not None:
            del self.fields["territory"], self.fields["is_shown"]

    def _add_translation(self, tag: str) -> None:
        name = name_of(tag, current())
        self.fields[f"name_{tag}"] = LineField(
            label=_("Name in %(language)s") % {"language": name}, required=False, max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"lang": tag}),
        )  # fmt: skip
        self.fields[f"description_{tag}"] = WordsField(
            label=_("Description in %(language)s") % {"language": name}, required=False,
            max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"lang": tag, "rows": 4}),
        )  # fmt: skip

    @property
    def translations(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(tag, self[f"name_{tag}"], self[f"description_{tag}"]) for tag in INTERFACE]

    def clean_founded(self) -> int | None:
        year: int | None = self.cleaned_data["founded"]
        if year is not None and not EARLIEST <= year <= timezone.now().year:
            raise ValidationError(_("Write the year with four digits, as 1985."))
        return year

    def clean_website(self) -> str:
        """With its scheme, and only such as a browser opens without harm."""
        address = str(self.cleaned_data["website"])
        if address and "://" not in address:
            address = f"https://{address}"
        try:
            URLValidator(schemes=["http", "https"])(address or "https://example.org")
        except ValidationError:
            raise ValidationError(_("Write the whole address, as https://example.org.")) from None
        return address

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        if address:
            forms.EmailField().clean(address)
        return address

    def clean_territory(self) -> Territory:
        found = Territory.objects.filter(code=self.cleaned_data["territory"]).first()
        if found is None:
            raise ValidationError(_("Choose a place of the list."))
        return found

    def clean_territories(self) -> list[Territory]:
        codes = self.cleaned_data["territories"]
        if len(codes) > MOST_PLACES:
            raise ValidationError(_("Choose at most 12 places, or one larger place."))
        return list(Territory.objects.filter(code__in=codes).order_by("code"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wants = any(data.get(f"description_{tag}") for tag in INTERFACE if tag != data.get("language"))
        if wants and not data.get("description") and "description" not in self.errors:
            self.add_error("description", _("Write it in the language of the name before translating it."))
        return data

    def portrait(self, *, by: str) -> Portrait:
        """What was written; `by` is the name that stands under words that are new."""
        data, old = self.cleaned_data, self.organisation
        return Portrait(
            kind=data["kind"],
            name=self.in_all("name", old.name if old else {}, by=by),
            description=self.in_all("description", old.description if old else {}, by=by),
            territory=old.territory if old else data["territory"],
            territories=data["territories"],
            website=data["website"],
            email=data["email"],
            phone=data["phone"],
            address=data["address"],
            registration=data["registration"],
            founded=data["founded"],
            languages=list(dict.fromkeys([data["language"], *data["languages"]])),
        )


def initial_of(organisation: Organisation | None) -> dict[str, Any]:
    """The form as it would have been filled in for this organisation."""
    if organisation is None:
        return {"language": current(), "languages": [current()]}
    return {
        "kind": organisation.kind,
        "language": original_language(organisation.name),
        "name": original_text(organisation.name),
        "description": original_text(organisation.description),
        "territories": [row.territory.code for row in organisation.action_places.select_related("territory")],
        "languages": organisation.languages,
        "founded": organisation.founded,
        "registration": organisation.registration,
        "website": organisation.website,
        "email": organisation.email,
        "phone": organisation.phone,
        "address": organisation.address,
        "seen": version_of(organisation),
        **translations_in({"name": organisation.name, "description": organisation.description}),
    }


class LogoForm(PlainForm):
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        max_length=300,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF, at most 20 MB. A square one looks best."),
    )
