"""A picture, and what it shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LineField, PlainForm
from tequio.base.languages import current, name_of
from tequio.base.multilingual import Field, original_language, original_text, revise, write_original

from ..models import Conversation

LONGEST = 300


class PictureForm(PlainForm):
    """What it shows is said in the language of the conversation, for all who do not see it."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or GIF, at most 20 MB. Where and when it was taken is removed. "
            "Ask the people in it before you show them."
        ),
    )
    says = LineField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any):
        item = conversation.item
        self.conversation = conversation
        self.language = original_language(item.title)
        if original_language(item.picture_says) == self.language:
            kwargs["initial"] = {"says": original_text(item.picture_says), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        says = self.fields["says"]
        says.label = _("What it shows, in %(language)s") % {"language": name_of(self.language, current())}
        says.help_text = _("One sentence, read out to people who do not see the picture.")
        says.widget.attrs["lang"] = self.language

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("picture") and not self.conversation.item.picture_id and "picture" not in self.errors:
            self.add_error("picture", _("Choose a picture."))
        return data

    def words(self, *, by: str) -> Field:
        """Translations stay while the picture does; those of another picture say what is not there."""
        if self.cleaned_data["picture"]:
            return write_original(self.cleaned_data["says"], self.language, by)
        return revise(
            self.conversation.item.picture_says, self.language, self.cleaned_data["says"], {}, by=by
        )
