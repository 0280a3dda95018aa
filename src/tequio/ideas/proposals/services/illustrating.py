"""Pictures beside an idea or a problem."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.files.models import StoredFile
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Illustration

MOST_PICTURES = 4


@transaction.atomic
def add_pictures(
    item: Item, pictures: Sequence[tuple[StoredFile, Field]], *, by: Person
) -> list[Illustration]:
    """Each a stored picture and what it shows; the caller's service or view has asked whether `by` may."""
    locked = Item.objects.select_for_update().get(pk=item.pk)
    rows = Illustration.objects.filter(item=locked)
    if rows.count() + len(pictures) > MOST_PICTURES:
        raise Refused(_("Four pictures are the most."), code="too_many")
    last = rows.aggregate(last=Max("position"))["last"]
    begin = 0 if last is None else last + 1
    made = [
        Illustration.objects.create(item=locked, file=stored, says=says, position=begin + number)
        for number, (stored, says) in enumerate(pictures)
    ]
    for one in made:
        audit.record("picture.add", one, by=by, item=item.pk)
    if made:
        page_changed()
    return made


@transaction.atomic
def take_picture_away(picture: Illustration, *, by: Person) -> None:
    """Its file goes when nothing points at it any more."""
    audit.record("picture.remove", picture, by=by, item=picture.item_id)
    picture.delete()
    page_changed()
