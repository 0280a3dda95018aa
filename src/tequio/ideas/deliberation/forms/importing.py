"""The files of an export folder and what the importer says beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.forms import LineField, PlainForm, titled
from tequio.base.languages import content_choices, current
from tequio.formats.errors import FormatError
from tequio.formats.polis_upload import open_upload
from tequio.territories.models import Territory

from ..selectors.import_troubles import say_trouble
from ..services.importing import trouble_of

LARGEST_UPLOAD = 50 * 1024 * 1024
MOST_FILES = 20


class SeveralFiles(forms.FileInput):
    """One field, several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploads that together are an export folder."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose the files of the export folder, or its ZIP."))
        cleaned = [super(FilesField, self).clean(one, initial) for one in files]
        if len(cleaned) > MOST_FILES:
            raise forms.ValidationError(
                _("These are more than 20 files. Only those of the export folder are needed.")
            )
        if sum(one.size for one in cleaned) > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("Together the files are larger than 50 MB. Compress them as .gz or ZIP.")
            )
        try:
            open_upload([(one.name, one.file) for one in cleaned])
        except FormatError as wrong:
            raise forms.ValidationError(say_trouble(trouble_of(wrong))) from wrong
        finally:
            for one in cleaned:
                one.seek(0)
        return cleaned


class ImportForm(PlainForm):
    folder = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "votes.csv or participants-votes.csv, comments.csv and, if there is one, summary.csv. Also as .gz, or all in one ZIP. At most 50 MB."
        ),
    )
    territory = forms.ChoiceField(label=gettext_lazy("Place"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the statements"))
    question = LineField(
        label=gettext_lazy("Question"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty means the topic in summary.csv."),
    )
    licence = LineField(
        label=gettext_lazy("Licence and attribution"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Who gathered the answers, and on what terms they may be shown."),
    )

    def __init__(self, *args: Any, places: Sequence[Territory], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.offer("territory", titled(self.places))
        self.offer("language", content_choices(current()))

    @property
    def place(self) -> Territory:
        return self.places[self.cleaned_data["territory"]]

    def contents(self) -> list[tuple[str, bytes]]:
        """(name, bytes) of each file."""
        return [(one.name, one.read()) for one in self.cleaned_data["folder"]]
