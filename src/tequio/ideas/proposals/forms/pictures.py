"""Pictures beside what somebody writes: one more with every form that is sent, those that came before kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.multilingual import Field, original_text, write_original
from tequio.base.text import clean_line
from tequio.files.models import StoredFile
from tequio.files.services import store_picture
from tequio.people.models import Person

from ..models import Illustration
from ..services.editing import revised
from ..services.illustrating import MOST_PICTURES, Shown

SALT = "tequio.ideas.proposals.pictures"
LONGEST = 300


@dataclass
class Row:
    """One picture in the form: `token` names it, so that a form that is drawn again need not send it again."""

    file: StoredFile
    says: str
    old: Field
    is_kept: bool = True
    error: str = ""

    @property
    def token(self) -> str:
        return signing.dumps(self.file.pk, salt=SALT)


class Pictures:
    """What stands in the form: pictures it had, those sent before, and the one sent now.

    `most` is how many there may be, `takes_more` whether any may be added; `error` is what is wrong with the one
    sent now, `says` what is typed of it.
    """

    def __init__(
        self, had: Sequence[Illustration] = (), *, most: int = MOST_PICTURES, takes_more: bool = True
    ):
        self.rows = [Row(one.file, original_text(one.says), one.says) for one in had]
        self.most, self.takes_more = most, takes_more
        self.error = self.says = ""

    @property
    def may_more(self) -> bool:
        return self.takes_more and len([row for row in self.rows if row.is_kept]) < self.most

    def read(self, data: MultiValueDict[str, Any]) -> None:
        """What became of those that stood in the form before."""
        known = {row.file.pk: row for row in self.rows}
        self.rows = [
            row for token in data.getlist("picture_kept")[: self.most] if (row := _row(token, known))
        ]
        for number, row in enumerate(self.rows):
            row.says = clean_line(str(data.get(f"picture_says_{number}", row.says)))[:LONGEST]
            row.is_kept = f"picture_away_{number}" not in data
        self.rows = [row for row in self.rows if row.is_kept]
        self.says = clean_line(str(data.get("picture_says", "")))[:LONGEST]

    def take(self, upload: UploadedFile, *, network: str, by: Person) -> None:
        """One more: it is stored, and kept for a day while the form is not finished."""
        if not self.may_more:
            return
        try:
            stored = store_picture(upload, network=network, by=by)
        except Refused as refused:
            self.error = (
                _("No more pictures can be sent from here today.")
                if refused.code == "too_often"
                else str(refused.reason)
            )
        else:
            self.rows.append(Row(stored, self.says, {}))
            self.says = ""

    def is_valid(self) -> bool:
        """Each needs words for whoever does not see it."""
        for row in self.rows:
            row.error = "" if row.says else _("Say what this picture shows.")
        return not self.error and all(row.says for row in self.rows)

    def shown(self, language: str, *, by: str) -> list[Shown]:
        return [
            Shown(
                row.file,
                revised(row.old, row.says, language, by)
                if row.old
                else write_original(row.says, language, by),
            )
            for row in self.rows
        ]


def _row(token: str, known: dict[int, Row]) -> Row | None:
    """A picture that we named ourselves and that is still there."""
    try:
        pk = signing.loads(token[:200], salt=SALT)
    except signing.BadSignature:
        return None
    if pk in known:
        return known[pk]
    stored = StoredFile.objects.filter(pk=pk, kind="picture").first()
    return Row(stored, "", {}) if stored is not None else None
