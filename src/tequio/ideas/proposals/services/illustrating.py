"""Pictures beside an idea or a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.files.models import StoredFile
from tequio.people.models import Person

from ..models import Illustration
from ..permissions import can_add_pictures

MOST_PICTURES, MOST_OF_A_GUEST = 4, 3


@dataclass(frozen=True)
class Shown:
    """A stored picture, and what it shows for whoever does not see it."""

    file: StoredFile
    says: Field


def refuse_unseen(item: Item, pictures: Sequence[Shown], *, by: Person) -> None:
    """Refused where a new picture would stand before everybody, or be let through, without anybody having looked."""
    if can_add_pictures(by, item):
        return
    known = set(Illustration.objects.filter(item=item).values_list("file", flat=True))
    if any(picture.file.pk not in known for picture in pictures):
        raise Refused(_("It was sent already: only members can add pictures now. Joining takes a minute."))


def said_in_pictures(item: Item) -> list[Field]:
    """What stands beside its pictures as they are now."""
    return list(Illustration.objects.filter(item=item).order_by("position").values_list("says", flat=True))


def show_pictures(item: Item, pictures: Sequence[Shown], *, by: Actor) -> None:
    """These pictures and no others, in this order; inside a service's transaction, which keeps the record.

    Files that are not shown any more are deleted at night, as everything nobody points at.
    """
    if len(pictures) > MOST_PICTURES:
        raise ValueError(f"an item has at most {MOST_PICTURES} pictures, not {len(pictures)}")
    if any(not picture.says for picture in pictures):
        raise ValueError("every picture needs words that say what it shows")
    Illustration.objects.filter(item=item).delete()
    Illustration.objects.bulk_create(
        Illustration(item=item, file=picture.file, says=picture.says, position=position)
        for position, picture in enumerate(pictures)
    )
