"""The picture of a conversation, and the words that say what it shows."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.files.models import StoredFile
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Conversation
from ..permissions import can_organise


@transaction.atomic
def set_picture(conversation: Conversation, picture: StoredFile | None, says: Field, *, by: Person) -> None:
    """Show a stored picture with the words that say what it shows; None keeps the one it has.

    The one that was shown before is deleted at night, as everything nobody points at.
    """
    item = _locked(conversation, by)
    if picture is None and item.picture_id is None:
        raise Refused(_("Choose a picture first."))
    if not says:
        raise Refused(_("Say what the picture shows."))
    item.picture_id = picture.pk if picture else item.picture_id
    item.picture_says = says
    item.save(update_fields=["picture", "picture_says"])
    audit.record("conversation.picture", conversation, by=by, file=item.picture_id)
    page_changed()


@transaction.atomic
def take_picture_away(conversation: Conversation, *, by: Person) -> None:
    item = _locked(conversation, by)
    item.picture, item.picture_says = None, {}
    item.save(update_fields=["picture", "picture_says"])
    audit.record("conversation.picture_away", conversation, by=by)
    page_changed()


def _locked(conversation: Conversation, by: Person) -> Item:
    if not can_organise(by, conversation):
        raise Refused(_("Only those who look after this conversation can change it."))
    return Item.objects.select_for_update().get(pk=conversation.pk)
